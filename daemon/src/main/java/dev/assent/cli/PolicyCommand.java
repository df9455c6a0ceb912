package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "policy",
        description = "Check who may say yes to what, or try it out: policy check|test|replay.")
final class PolicyCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    /// The command with those below it.
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand("check", new PolicyCheckCommand(terminal))
                .addSubcommand("test", new PolicyTestCommand(terminal))
                .addSubcommand("replay", new PolicyReplayCommand(terminal));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say which: policy check, policy test or policy replay");
    }
}
