package dev.assent.cli;

import dev.assent.state.StateFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "new",
        description = "Begin an empty record where the former one is lost and no backup is left.",
        footer = {
            "",
            "An empty record knows of no server. Those that run go on; have each known again with",
            "`assent adopt`."
        })
final class StateNewCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The state folder (default: ${DEFAULT-VALUE}).")
    Path state = Path.of("/var/lib/assent");

    StateNewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var aside = StateFolder.beginAnew(state, terminal.clock().instant());
        aside.forEach(it -> terminal.out().printf("What was left lies in %s.%n", it));
        terminal.out().printf("The next start of the daemon makes an empty record in %s.%n", state);
        terminal.out().flush();
        return 0;
    }
}
