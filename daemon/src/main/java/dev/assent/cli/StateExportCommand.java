package dev.assent.cli;

import dev.assent.state.StateFolder;
import dev.assent.state.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Write the whole record into a file of JSON lines, for another database.",
        footer = {
            "",
            "The same record gives the same bytes, in SQLite and in PostgreSQL. Passwords stay sealed",
            "with the secret key, which is not in it. Stop the daemon first, and use --state, if the",
            "record moves: what is decided after the export is not in it."
        })
final class StateExportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "Its name.")
    Path to = Path.of("");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The state folder of a daemon that does not run, to be read directly.")
    Optional<Path> state = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "Where the secret key is.")
    Optional<Path> key = Optional.empty();

    StateExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        FetchedFile.into(
                to,
                it -> {
                    if (state.isPresent()) {
                        directly(state.get(), it);
                        return;
                    }
                    try (var client = server.connect(terminal)) {
                        client.exportRecord(it);
                    }
                });
        terminal.remark("the record is in " + to);
        return 0;
    }

    private void directly(Path folder, Path target) {
        if (Files.notExists(StateFolder.database(folder))) {
            throw Stop.couldNotRun("there is no record in " + folder);
        }
        var used = StateCommand.key(folder, key, terminal);
        try (var store = Store.open(StateFolder.database(folder), used, terminal.clock());
                var out = Files.newOutputStream(target)) {
            store.export(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
