package dev.assent.cli;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where the daemon is that a command asks.
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Where the daemon listens (default: ASSENT_SERVER, what the run folder says, or"
                            + " http://127.0.0.1:27736).")
    Optional<String> server = Optional.empty();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "The daemon's run folder, with its address and its token (default: ASSENT_RUN,"
                            + " or /run/assent).")
    Optional<Path> run = Optional.empty();

    boolean isGiven() {
        return server.isPresent() || run.isPresent();
    }

    Client connect(Terminal terminal) {
        return new Client(Connection.find(server, run, terminal.environment()), terminal.user());
    }
}
