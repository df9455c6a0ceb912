package dev.assent.cli;

import dev.assent.http.Connection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where an installation of the daemon has its configuration and its folders.
final class InstallationOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: ASSENT_CONFIG, or /etc/assent/assent.yml).")
    Optional<Path> configuration = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the record lies (default: ${DEFAULT-VALUE}).")
    Path state = Path.of("/var/lib/assent");

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "The run folder, with address and token (default: ASSENT_RUN, or /run/assent).")
    Optional<Path> run = Optional.empty();

    Path configuration(Terminal terminal) {
        return ConfigurationFile.path(configuration, terminal);
    }

    Path runFolder(Terminal terminal) {
        return Connection.runFolder(run, terminal.environment());
    }
}
