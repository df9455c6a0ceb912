package dev.assent.cli;

import dev.assent.state.Restore;
import dev.assent.systemd.CredentialFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Put a backup in the record's place, while no daemon runs.",
        footer = {
            "",
            "The backup is checked first. A record that is there is never deleted: with --replace it",
            "is set aside under another name.",
            "",
            "Nobody knows what was approved and done after the backup was made. So no yes in it counts",
            "any more, nothing goes on by itself, and no comment, tag or commit that said yes before",
            "fits a plan made from now on: each application is planned anew, to be approved anew."
        })
final class StateRestoreCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The backup.")
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
                    "The secret key (default: the service's credential, the one in the state"
                            + " folder, or the one in the backup).")
    Optional<Path> key = Optional.empty();

    @Option(names = "--replace", description = "Set a record aside that is there.")
    boolean replace;

    StateRestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var used = key.or(() -> CredentialFiles.credential(terminal.environment(), "secret.key"));
        var who = terminal.user().orElse("admin");
        var backup = StateCommand.existing(file, "a backup");
        var done = new Restore(state, used, replace, who, terminal.clock()).from(backup);
        var out = terminal.out();
        out.printf("The record in %s is that of %s again.%n", state, done.manifest().at());
        done.aside().forEach(it -> out.printf("The one before lies in %s.%n", it));
        if (done.keyRestored()) out.printf("Its secret key was put there too.%n");
        out.print(
                """

                What comes next:
                  1. Start the daemon. Every application is planned anew; no yes from before counts.
                  2. assent doctor, assent status: servers that were made, changed or removed since
                     show as drift, or as plans; look at each before you approve anything.
                  3. assent token list: a token that was revoked since is valid again; revoke it.
                  4. Passwords that were rotated since are the old ones in this record.
                """);
        out.flush();
        return 0;
    }
}
