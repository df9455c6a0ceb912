package dev.assent.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a completion script for a shell.",
        footer = {
            "",
            "bash, zsh:  source <(assent completion bash)",
            "fish:       assent completion fish > ~/.config/fish/completions/assent.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    Shell shell = Shell.BASH;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        terminal.out()
                .print(
                        switch (shell) {
                            // The script makes itself understood by both.
                            case BASH, ZSH -> AutoComplete.bash("assent", root);
                            case FISH -> FishCompletion.of(root.getCommandSpec());
                        });
        return 0;
    }

    enum Shell {
        BASH,
        ZSH,
        FISH;

        /// The word on the command line.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
