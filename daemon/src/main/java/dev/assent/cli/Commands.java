package dev.assent.cli;

import dev.assent.model.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/// All commands, in the groups in which the help shows them.
final class Commands {

    private final Map<String, List<CommandLine>> groups = new LinkedHashMap<>();

    private Commands(Terminal terminal, Launch launch, Supplier<Catalogue> catalogue) {
        group(
                "Write and check",
                new ValidateCommand(System.in),
                new ExplainCommand(),
                new PlanCommand(terminal, catalogue));
        group(
                "See",
                new StatusCommand(terminal),
                new PlansCommand(terminal),
                new ShowCommand(terminal),
                new HistoryCommand(terminal));
        group(
                "Decide and carry out",
                new ApproveCommand(terminal),
                new RejectCommand(terminal),
                new ApplyCommand(terminal),
                new FollowCommand(terminal));
        group("Give to the application", new EnvCommand(terminal), new RedeployCommand(terminal));
        group(
                "Run Assent itself",
                new DaemonCommand(terminal, launch),
                new CompletionCommand(terminal));
    }

    /// The commands, ready to be given arguments.
    static CommandLine of(Terminal terminal, Launch launch, Supplier<Catalogue> catalogue) {
        var commands = new Commands(terminal, launch, catalogue);
        var root = new CommandLine(new AssentCommand());
        commands.groups
                .values()
                .forEach(group -> group.forEach(it -> root.addSubcommand(it.getCommandName(), it)));
        root.addSubcommand("help", new HelpCommand(terminal));
        root.getCommandSpec().versionProvider(() -> new String[] {Cli.version()});
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setColorScheme(
                Help.defaultColorScheme(terminal.colourful() ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(100);
        root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        root.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, _ -> commands.list());
        new Complaints(terminal).attachTo(root);
        return root;
    }

    private void group(String heading, Object... commands) {
        groups.put(heading, Stream.of(commands).map(CommandLine::new).toList());
    }

    private String list() {
        var text = new StringBuilder();
        groups.forEach((heading, commands) -> {
            var table = new Table(2);
            for (var it : commands) {
                var usage = it.getCommandSpec().usageMessage();
                table.row(
                        "%-10s".formatted(it.getCommandName()),
                        String.join(" ", usage.description()));
            }
            text.append("\n").append(heading).append("\n").append(table);
        });
        return text.toString();
    }
}
