package dev.assent.cli;

import dev.assent.state.SecretKeyFile;
import dev.assent.state.StateFolder;
import dev.assent.systemd.CredentialFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "state",
        description = "Keep the record: state backup|verify|restore|export|import|new.")
final class StateCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    /// The command with those below it.
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new StateCommand())
                .addSubcommand("backup", new StateBackupCommand(terminal))
                .addSubcommand("verify", new StateVerifyCommand(terminal))
                .addSubcommand("restore", new StateRestoreCommand(terminal))
                .addSubcommand("export", new StateExportCommand(terminal))
                .addSubcommand("import", new StateImportCommand(terminal))
                .addSubcommand("new", new StateNewCommand(terminal));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "say which: state backup, verify, restore, export, import or new");
    }

    /// The key of a record: the one that is named, a credential of the service, or the one beside
    /// the record.
    static SecretKeyFile key(Path state, Optional<Path> named, Terminal terminal) {
        return SecretKeyFile.read(keyFile(state, named, terminal));
    }

    /// A file that somebody names and that is there.
    static Path existing(Path file, String what) {
        if (Files.isRegularFile(file)) return file;
        throw Stop.couldNotRun("there is no file %s; name %s".formatted(file, what));
    }

    static Path keyFile(Path state, Optional<Path> named, Terminal terminal) {
        return named.or(() -> CredentialFiles.credential(terminal.environment(), "secret.key"))
                .orElseGet(() -> StateFolder.key(state));
    }
}
