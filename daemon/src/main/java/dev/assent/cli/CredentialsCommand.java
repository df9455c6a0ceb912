package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "credentials",
        description = "Ask for new passwords of a group's servers: credentials rotate.")
final class CredentialsCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    /// The command with the one below it.
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new CredentialsCommand())
                .addSubcommand("rotate", new CredentialsRotateCommand(terminal));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say what: credentials rotate");
    }
}
