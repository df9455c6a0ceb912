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

    private final Map<String, List<Object>> groups = new LinkedHashMap<>();

    private Commands(Terminal terminal, Launch launch, Supplier<Catalogue> catalogue) {
        groups.put("Write and check", List.of(new PlanCommand(terminal, catalogue)));
        groups.put(
                "See",
                List.of(
                        new StatusCommand(terminal),
                        new PlansCommand(terminal),
                        new ShowCommand(terminal),
                        new HistoryCommand(terminal)));
        groups.put(
                "Decide and carry out",
                List.of(
                        new ApproveCommand(terminal),
                        new RejectCommand(terminal),
                        new ApplyCommand(terminal),
                        new FollowCommand(terminal)));
        groups.put(
                "Give to the application",
                List.of(new EnvCommand(terminal), new RedeployCommand(terminal)));
        groups.put(
                "Run Assent itself",
                List.of(new DaemonCommand(terminal, launch), new CompletionCommand(terminal)));
    }

    /// The commands, ready to be given arguments.
    static CommandLine of(Terminal terminal, Launch launch, Supplier<Catalogue> catalogue) {
        var commands = new Commands(terminal, launch, catalogue);
        var root = new CommandLine(new AssentCommand());
        commands.all().forEach(root::addSubcommand);
        root.getCommandSpec().versionProvider(() -> new String[] {Cli.version()});
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setColorScheme(
                Help.defaultColorScheme(terminal.colourful() ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(100);
        root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, commands::list);
        new Complaints(terminal).attachTo(root);
        return root;
    }

    private Stream<Object> all() {
        return groups.values().stream().flatMap(List::stream);
    }

    private String list(Help help) {
        var byCommand = new java.util.IdentityHashMap<Object, Help>();
        help.allSubcommands()
                .values()
                .forEach(it -> byCommand.put(it.commandSpec().userObject(), it));
        var text = new StringBuilder();
        groups.forEach((heading, commands) -> {
            var table = new Table(2);
            for (var command : commands) {
                var spec = byCommand.get(command).commandSpec();
                table.row(spec.name(), spec.usageMessage().description()[0]);
            }
            text.append("\n").append(heading).append("\n").append(table);
        });
        return text.toString();
    }
}
