package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What a unit runs, as a file of the server's folder that the program `assent-server` reads: one
/// argument a line. What stops it may also be the name of a signal.
enum ServerCommand {
    START,
    STOP;

    String fileName() {
        return switch (this) {
            case START -> "start.argv";
            case STOP -> "stop.argv";
        };
    }

    Path file(ServerFolder folder) {
        return folder.path().resolve(fileName());
    }

    void write(ServerFolder folder, List<String> argv) throws IOException {
        for (var argument : argv) {
            if (argument.indexOf('\n') >= 0) {
                throw new ProviderException(
                        "a command of a unit has a line break in `%s`; configure a state folder without one"
                                .formatted(argument));
            }
        }
        Durable.replace(file(folder), String.join("\n", argv) + "\n");
    }
}
