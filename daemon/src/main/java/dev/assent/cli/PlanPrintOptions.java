package dev.assent.cli;

import dev.assent.manifest.Look;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a command prints the plans that it has found.
final class PlanPrintOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    PlanFormat format = PlanFormat.TEXT;

    @Mixin ColourOption colour = new ColourOption();

    Look look(Terminal terminal) {
        return colour.look(terminal);
    }
}
