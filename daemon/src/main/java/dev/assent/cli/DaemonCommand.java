package dev.assent.cli;

import dev.assent.http.Listen;
import dev.assent.log.LogForm;
import dev.assent.log.LogLevel;
import dev.assent.log.Logs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "daemon", description = "Run the service, until it is told to end.")
final class DaemonCommand implements Callable<Integer> {

    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,62}");

    private final Terminal terminal;
    private final Launch launch;

    @Mixin InstallationOptions installation = new InstallationOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where to listen; port 0 is any free one (default: 127.0.0.1:27736).")
    Optional<String> listen = Optional.empty();

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description =
                    "What this daemon is called among those that work on one record on PostgreSQL"
                            + " (default: the machine's name).")
    Optional<String> node = Optional.empty();

    @Option(
            names = "--log",
            paramLabel = "FORM",
            description =
                    "How the log is written: ${COMPLETION-CANDIDATES} (default: journal where the"
                            + " service manager has connected it, else text).")
    Optional<LogForm> log = Optional.empty();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description =
                    "How much is logged: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    LogLevel logLevel = LogLevel.INFO;

    DaemonCommand(Terminal terminal, Launch launch) {
        this.terminal = terminal;
        this.launch = launch;
    }

    /// The command as service units write it, each option followed by its value; empty for whatever
    /// takes more to understand or cannot be meant. To have picocli read it would take a tenth of a
    /// start.
    static Optional<DaemonCommand> plain(Terminal terminal, Launch launch, String... arguments) {
        if (arguments.length % 2 == 0 || !arguments[0].equals("daemon")) return Optional.empty();
        var command = new DaemonCommand(terminal, launch);
        for (var i = 1; i < arguments.length; i += 2) {
            var value = arguments[i + 1];
            if (value.isEmpty() || value.startsWith("-")) return Optional.empty();
            switch (arguments[i]) {
                case "--config" -> command.installation.configuration = Optional.of(Path.of(value));
                case "--state" -> command.installation.state = Path.of(value);
                case "--run" -> command.installation.run = Optional.of(Path.of(value));
                case "--listen" -> {
                    if (Listen.parse(value).isEmpty()) return Optional.empty();
                    command.listen = Optional.of(value);
                }
                case "--node" -> command.node = Optional.of(value);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(command);
    }

    @Override
    public Integer call() {
        Logs.begin(log.orElseGet(() -> LogForm.suited(terminal.environment())), logLevel);
        return launch.daemon(
                installation.configuration(terminal),
                installation.state,
                installation.runFolder(terminal),
                listen.map(DaemonCommand::address),
                node.map(DaemonCommand::named),
                () -> terminal.besides().look(terminal.besides().colourful()));
    }

    private static String named(String node) {
        if (NODE.matcher(node).matches()) return node;
        throw Stop.couldNotRun(
                "`%s` cannot be a node's name; write up to 63 letters, digits, dots and hyphens"
                        .formatted(node));
    }

    private static Listen address(String text) {
        return Listen.parse(text)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is not where one can listen; write HOST:PORT, for instance %s"
                                        .formatted(text, Listen.DEFAULT)));
    }
}
