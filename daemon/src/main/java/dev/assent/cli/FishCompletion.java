package dev.assent.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A completion script for the fish shell, from the commands as they are.
final class FishCompletion {

    private final StringBuilder out = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandSpec root) {
        var script = new FishCompletion();
        script.out.append("complete -c assent -f\n");
        root.subcommands().values().forEach(it -> script.command(it.getCommandSpec()));
        return script.out.toString();
    }

    private void command(CommandSpec command) {
        out.append(
                "complete -c assent -n __fish_use_subcommand -a %s -d %s\n"
                        .formatted(command.name(), quoted(command.usageMessage().description())));
        command.options().forEach(it -> option(command.name(), it));
        command.positionalParameters().forEach(it -> parameter(command.name(), it));
    }

    private void option(String command, OptionSpec option) {
        out.append("complete -c assent -n '__fish_seen_subcommand_from ")
                .append(command)
                .append("'");
        for (var name : option.names()) {
            out.append(name.startsWith("--") ? " -l " : " -s ")
                    .append(name.replaceFirst("^-+", ""));
        }
        if (option.arity().max() > 0) out.append(isPath(option) ? " -r -F" : " -x");
        words(option);
        out.append(" -d ").append(quoted(option.description())).append('\n');
    }

    private void parameter(String command, PositionalParamSpec parameter) {
        if (parameter.completionCandidates() == null) return;
        out.append("complete -c assent -n '__fish_seen_subcommand_from ")
                .append(command)
                .append("'");
        words(parameter);
        out.append('\n');
    }

    /// The words that it can be, where those are known.
    private void words(ArgSpec argument) {
        if (argument.completionCandidates() == null) return;
        out.append(" -a '").append(String.join(" ", argument.completionCandidates())).append("'");
    }

    private static boolean isPath(OptionSpec option) {
        return option.paramLabel().equals("FILE") || option.paramLabel().equals("DIR");
    }

    /// Without what the help says beyond the meaning.
    private static String quoted(String[] description) {
        var text = String.join(" ", description).replaceFirst(" \\(default: .*", "");
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
