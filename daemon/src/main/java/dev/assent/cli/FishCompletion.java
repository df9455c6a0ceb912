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
        command("__fish_use_subcommand", command);
        var seen = seen(command);
        command.options().forEach(it -> option(seen, it));
        command.positionalParameters().forEach(it -> parameter(seen, it));
        command.subcommands().values().forEach(it -> nested(seen, it.getCommandSpec()));
    }

    private void command(String condition, CommandSpec command) {
        out.append(
                "complete -c assent -n %s -a %s -d %s\n"
                        .formatted(
                                condition,
                                command.name(),
                                quoted(command.usageMessage().description())));
    }

    /// A command below another one.
    private void nested(String above, CommandSpec command) {
        command("'" + above + "'", command);
        var seen = above + "; and " + seen(command);
        command.options().forEach(it -> option(seen, it));
        command.positionalParameters().forEach(it -> parameter(seen, it));
    }

    private static String seen(CommandSpec command) {
        return "__fish_seen_subcommand_from " + command.name();
    }

    private void option(String condition, OptionSpec option) {
        out.append("complete -c assent -n '").append(condition).append("'");
        for (var name : option.names()) {
            out.append(name.startsWith("--") ? " -l " : " -s ")
                    .append(name.replaceFirst("^-+", ""));
        }
        if (option.arity().max() > 0) out.append(isPath(option) ? " -r -F" : " -x");
        words(option);
        out.append(" -d ").append(quoted(option.description())).append('\n');
    }

    private void parameter(String condition, PositionalParamSpec parameter) {
        if (parameter.completionCandidates() == null) return;
        out.append("complete -c assent -n '").append(condition).append("'");
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
