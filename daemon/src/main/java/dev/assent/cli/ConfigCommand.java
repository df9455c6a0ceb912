package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = "Check the configuration, show it, have it read: config check|show|reload.")
final class ConfigCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    /// The command with those below it.
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand("check", new ConfigCheckCommand(terminal))
                .addSubcommand("show", new ConfigShowCommand(terminal))
                .addSubcommand("reload", new ConfigReloadCommand(terminal));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "say which: config "
                        + String.join(", config ", spec.commandLine().getSubcommands().keySet()));
    }
}
