package dev.assent.cli;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
        var candidates = option.completionCandidates();
        if (candidates != null) {
            out.append(
                    StreamSupport.stream(candidates.spliterator(), false)
                            .collect(Collectors.joining(" ", " -a '", "'")));
        }
        out.append(" -d ").append(quoted(option.description())).append('\n');
    }

    private static boolean isPath(OptionSpec option) {
        return option.paramLabel().equals("FILE") || option.paramLabel().equals("DIR");
    }

    /// The first line, without what only the help can fill in.
    private static String quoted(String[] description) {
        var text =
                description.length == 0 ? "" : description[0].replaceAll(" *[(:][^(]*\\$\\{.*", "");
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
