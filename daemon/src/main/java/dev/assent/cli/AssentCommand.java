package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// What stands before the command's name.
@Command(
        name = "assent",
        synopsisHeading = "Usage: ",
        customSynopsis = "assent COMMAND [OPTION]...%n",
        description =
                "Keeps the database groups of applications in step with what a Git repository"
                        + " declares, and changes nothing until somebody says yes.",
        footer = {
            "",
            "Exit codes: 0 fine; 1 the answer is no; 2 it could not be tried.",
            "More on one command: assent COMMAND --help"
        })
final class AssentCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        commandLine.usage(commandLine.getErr());
        return Stop.COULD_NOT_RUN;
    }
}
