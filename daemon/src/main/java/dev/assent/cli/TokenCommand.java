package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "token", description = "Let people and programs sign in: token create|list|revoke.")
final class TokenCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    /// The command with those below it.
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand("create", new TokenCreateCommand(terminal))
                .addSubcommand("list", new TokenListCommand(terminal))
                .addSubcommand("revoke", new TokenRevokeCommand(terminal));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say which: token create, token list or token revoke");
    }
}
