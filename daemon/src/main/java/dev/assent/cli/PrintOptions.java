package dev.assent.cli;

import dev.assent.http.api.Wire;
import dev.assent.manifest.Look;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;

/// How a command prints what it has found.
final class PrintOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Format format = Format.TEXT;

    @Mixin ColourOption colour = new ColourOption();

    boolean json() {
        return format == Format.JSON;
    }

    boolean colour(Terminal terminal) {
        return colour.wanted(terminal);
    }

    Look look(Terminal terminal) {
        return colour.look(terminal);
    }

    /// A value as JSON, indented, with a line end.
    static String json(Object value) {
        return Wire.MAPPER
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(value)
                + "\n";
    }
}
