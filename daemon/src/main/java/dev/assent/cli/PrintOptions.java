package dev.assent.cli;

import dev.assent.http.api.Wire;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;

/// How a command prints what it has found.
final class PrintOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Format format = Format.TEXT;

    @Option(names = "--no-color", description = "Print no colours (as with NO_COLOR set).")
    boolean noColour;

    boolean json() {
        return format == Format.JSON;
    }

    boolean colour(Terminal terminal) {
        return !noColour && terminal.colourful();
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
