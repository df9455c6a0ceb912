package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "group",
        description = "Ask for a further group, or for the end of one: group add|remove.")
final class GroupCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    /// The command with those below it.
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new GroupCommand())
                .addSubcommand("add", new GroupAddCommand(terminal))
                .addSubcommand("remove", new GroupRemoveCommand(terminal));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say which: group add or group remove");
    }
}
