package dev.assent.cli;

import dev.assent.state.Backup;
import dev.assent.state.SecretKeyFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verify", description = "Restore a backup for a try, and say what is in it.")
final class StateVerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The secret key, so that seals are checked too.")
    Optional<Path> key = Optional.empty();

    StateVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found =
                Backup.verify(
                        StateCommand.existing(file, "a backup"), key.map(SecretKeyFile::read));
        var manifest = found.manifest();
        terminal.out()
                .printf(
                        "%s can be restored: the record as of %s, by assent %s, of schema %d; its audit trail ends with entry %d, whose hash is %s; %s.%n",
                        file,
                        manifest.at(),
                        manifest.program(),
                        manifest.schema(),
                        manifest.entries(),
                        manifest.head(),
                        found.holdsKey() ? "the secret key is in it" : "without the secret key");
        return 0;
    }
}
