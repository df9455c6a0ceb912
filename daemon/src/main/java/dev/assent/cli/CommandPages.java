package dev.assent.cli;

import static dev.assent.cli.ManText.bold;
import static dev.assent.cli.ManText.slanted;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the manual page `assent(1)` says of each command, from the commands as they are.
final class CommandPages {

    /// Those that most commands have; the page says once what they do.
    private static final Set<String> SAID_ONCE =
            Set.of("--help", "--version", "--server", "--run", "--no-color", "--format");

    private static final String USUAL_FORMATS = "text, json";

    private final ManText page = new ManText();

    private CommandPages() {}

    /// @param headings what the help shows under which heading
    static String of(CommandSpec root, Map<String, List<String>> headings) {
        var pages = new CommandPages();
        headings.forEach((heading, names) -> {
            pages.page.heading(heading);
            for (var name : names) {
                var command = Objects.requireNonNull(root.subcommands().get(name));
                pages.command("assent", command.getCommandSpec());
            }
        });
        return pages.page.toString();
    }

    private void command(String above, CommandSpec command) {
        var name = above + " " + command.name();
        if (command.subcommands().isEmpty()
                || !command.options().stream().allMatch(this::isUsual)) {
            page.term(usage(name, command), String.join(" ", command.usageMessage().description()));
            page.in();
            for (var it : command.positionalParameters()) {
                page.term(slanted(it.paramLabel()), String.join(" ", it.description()));
            }
            command.options().stream().filter(it -> !isUsual(it)).forEach(this::option);
            page.out();
        }
        command.subcommands().values().forEach(it -> command(name, it.getCommandSpec()));
    }

    private static String usage(String name, CommandSpec command) {
        var usage = new StringBuilder(bold(name));
        command.positionalParameters().stream()
                .map(it ->
                        it.arity().min() == 0 && !it.paramLabel().startsWith("[")
                                ? "[" + slanted(it.paramLabel()) + "]"
                                : slanted(it.paramLabel()))
                .forEach(it -> usage.append(' ').append(it));
        return usage.toString();
    }

    private void option(OptionSpec option) {
        var names = String.join(", ", List.of(option.names()).stream().map(ManText::bold).toList());
        var value = option.arity().max() > 0 ? "=" + slanted(option.paramLabel()) : "";
        page.term(names + value, String.join(" ", option.description()));
    }

    private boolean isUsual(OptionSpec option) {
        if (option.longestName().equals("--format")) {
            return String.join(" ", option.description()).contains(USUAL_FORMATS + " (");
        }
        return SAID_ONCE.contains(option.longestName());
    }
}
