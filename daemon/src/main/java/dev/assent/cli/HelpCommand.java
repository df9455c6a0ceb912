package dev.assent.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// For those who ask for help with a word. (picocli has such a command, but its own `--help` and
/// ours do not go together.)
@Command(name = "help", description = "Show the help of all commands, or of one.")
final class HelpCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
    Optional<String> command = Optional.empty();

    HelpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var meant =
                command.isEmpty()
                        ? Optional.of(root)
                        : command.flatMap(it -> Optional.ofNullable(root.getSubcommands().get(it)));
        meant.orElseThrow(() ->
                        Stop.couldNotRun(
                                "there is no command `"
                                        + command.orElse("")
                                        + "`; `assent --help` lists all"))
                .usage(terminal.out());
        return 0;
    }
}
