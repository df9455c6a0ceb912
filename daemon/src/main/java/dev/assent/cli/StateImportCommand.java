package dev.assent.cli;

import dev.assent.state.RecordImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Make a record of what `state export` wrote, where there is none yet.",
        footer = {
            "",
            "The record goes on as it was when it was exported: this moves a record. To come back to",
            "an older one there is `assent state restore`, after which no yes from before counts."
        })
final class StateImportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "What was exported.")
    Path file = Path.of("");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The state folder (default: ${DEFAULT-VALUE}).")
    Path state = Path.of("/var/lib/assent");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The secret key of the record that was exported (default: the one there).")
    Optional<Path> key = Optional.empty();

    StateImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var export = StateCommand.existing(file, "what `assent state export` wrote");
        var used = StateCommand.key(state, key, terminal);
        try (var in = Files.newInputStream(export)) {
            var rows = RecordImport.into(state, used, in);
            terminal.out().printf("%d rows are in %s.%n", rows, state);
            terminal.out().flush();
        }
        return 0;
    }
}
