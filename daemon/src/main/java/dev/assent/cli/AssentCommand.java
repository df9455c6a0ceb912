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

    private final Terminal terminal;

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

    AssentCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        commandLine.usage(commandLine.getErr(), Commands.colours(terminal.besides()));
        return Stop.COULD_NOT_RUN;
    }
}
