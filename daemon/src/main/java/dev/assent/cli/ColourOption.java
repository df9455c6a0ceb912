package dev.assent.cli;

import dev.assent.manifest.Look;
import picocli.CommandLine.Option;

/// Whether a command prints in colour.
final class ColourOption {

    @Option(names = "--no-color", description = "Print no colours (as with NO_COLOR set).")
    boolean none;

    boolean wanted(Terminal terminal) {
        return !none && terminal.colourful();
    }

    Look look(Terminal terminal) {
        return terminal.look(wanted(terminal));
    }
}
