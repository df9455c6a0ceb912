package dev.assent.cli;

import dev.assent.state.Backup;
import dev.assent.state.StateException;
import dev.assent.state.StateFolder;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = "Make a backup of the record in one file, while the daemon runs.",
        footer = {
            "",
            "The backup is restored for a try before it gets its name: a bad one never takes the",
            "place of a good one. It holds the whole record; passwords in it are encrypted.",
            "",
            "The secret key is NOT in it, so that whoever gets hold of backups gets no password; but",
            "without the key no stored password can be read. Keep it elsewhere, once: it never",
            "changes. It is STATE/secret.key, or the service's credential of that name. With",
            "--with-key it is put into the backup; keep that one as you keep passwords.",
            "",
            "A record in PostgreSQL is kept with PostgreSQL's own means (pg_dump, archived WAL), or",
            "as JSON by `assent state export`."
        })
final class StateBackupCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Its name (default: assent-TIME.backup in this folder).")
    Optional<Path> to = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The state folder of a daemon that does not run, to be read directly.")
    Optional<Path> state = Optional.empty();

    @Option(
            names = "--with-key",
            description =
                    "Put the secret key into it, from --key, the service's credential or the state"
                            + " folder.")
    boolean withKey;

    @Option(names = "--key", paramLabel = "FILE", description = "Where the secret key is.")
    Optional<Path> key = Optional.empty();

    StateBackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What was made, as JSON.
    record Made(String file, String at, int schema, long entries, String head, boolean key) {}

    @Override
    public Integer call() {
        var now = terminal.clock().instant();
        var target =
                to.orElseGet(() ->
                        Path.of(
                                "assent-%s.backup"
                                        .formatted(
                                                now.toString()
                                                        .replaceAll("\\.[0-9]+", "")
                                                        .replaceAll("[-:]", ""))));
        var made = state.map(it -> directly(it, target)).orElseGet(() -> fetched(target));
        if (print.json()) {
            var manifest = made.manifest();
            terminal.out()
                    .print(
                            PrintOptions.json(
                                    new Made(
                                            made.file().toString(),
                                            manifest.at().toString(),
                                            manifest.schema(),
                                            manifest.entries(),
                                            manifest.head(),
                                            made.holdsKey())));
            return 0;
        }
        terminal.out()
                .printf(
                        "%s: the record as of %s, restored for a try; its audit trail ends with entry %d.%n",
                        made.file(), made.manifest().at(), made.manifest().entries());
        terminal.out().flush();
        terminal.remark(
                made.holdsKey()
                        ? "the secret key is in it: whoever can read it can read every password"
                        : "the secret key is not in it; without that no stored password can be read: keep a copy of it elsewhere, once");
        return 0;
    }

    private Backup directly(Path folder, Path target) {
        var file = StateCommand.keyFile(folder, key, terminal);
        var used = StateCommand.key(folder, key, terminal);
        if (Files.notExists(StateFolder.database(folder))) {
            throw Stop.couldNotRun("there is no record in " + folder);
        }
        // Opened, so that nobody else has it open, and whatever a crash left is folded in.
        try (var store = Store.open(StateFolder.database(folder), used, terminal.clock())) {
            return store.backup(
                    target, withKey ? Optional.of(file) : Optional.empty(), Cli.version());
        }
    }

    /// The key goes nowhere: where it is wanted, it is read here.
    private Backup fetched(Path target) {
        try {
            var folder = FetchedFile.folder(target.toAbsolutePath().normalize());
            var fetched = Files.createTempFile(folder, ".assent-", ".new");
            try (var client = server.connect(terminal)) {
                client.backup(fetched);
                return Backup.take(
                        fetched,
                        target,
                        withKey
                                ? Optional.of(
                                        StateCommand.keyFile(
                                                Path.of("/var/lib/assent"), key, terminal))
                                : Optional.empty());
            } finally {
                Files.deleteIfExists(fetched);
            }
        } catch (IOException e) {
            throw new StateException(
                    "%s could not be written: %s; what had this name is as it was"
                            .formatted(target, e),
                    e);
        }
    }
}
