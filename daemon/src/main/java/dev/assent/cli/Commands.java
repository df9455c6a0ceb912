package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.model.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/// All commands, in the groups in which the help shows them.
final class Commands {

    /// The command that has to know all others.
    private static final String ALL = "completion";

    private final Map<String, List<Named>> groups = new LinkedHashMap<>();

    private Commands(
            Terminal terminal,
            Launch launch,
            Supplier<ManifestReader> readers,
            Supplier<Catalogue> catalogue) {
        group(
                "Write and check",
                new Named("validate", () -> new ValidateCommand(terminal, readers.get())),
                new Named("explain", () -> new ExplainCommand(terminal)),
                new Named("plan", () -> new PlanCommand(terminal, readers, catalogue)),
                new Named("policy", () -> PolicyCommand.of(terminal)));
        group(
                "See",
                new Named("status", () -> new StatusCommand(terminal)),
                new Named("plans", () -> new PlansCommand(terminal)),
                new Named("show", () -> new ShowCommand(terminal)),
                new Named("why", () -> new WhyCommand(terminal)),
                new Named("blame", () -> new BlameCommand(terminal)),
                new Named("record", () -> new RecordCommand(terminal)),
                new Named("history", () -> new HistoryCommand(terminal)),
                new Named("audit", () -> new AuditCommand(terminal)));
        group(
                "Decide and carry out",
                new Named("approve", () -> new ApproveCommand(terminal)),
                new Named("reject", () -> new RejectCommand(terminal)),
                new Named("apply", () -> new ApplyCommand(terminal)),
                new Named("follow", () -> new FollowCommand(terminal)),
                new Named("cancel", () -> new CancelCommand(terminal)),
                new Named("resolve", () -> new ResolveCommand(terminal)));
        group(
                "Ask for what no manifest says",
                new Named("group", () -> GroupCommand.of(terminal)),
                new Named("scale", () -> new ScaleCommand(terminal)),
                new Named("promote", () -> new PromoteCommand(terminal)),
                new Named("resync", () -> new ResyncCommand(terminal)),
                new Named("replicate", () -> new ReplicateCommand(terminal)),
                new Named("credentials", () -> CredentialsCommand.of(terminal)),
                new Named("primary", () -> new PrimaryCommand(terminal)),
                new Named("protect", () -> new ProtectCommand(terminal)),
                new Named("unprotect", () -> new UnprotectCommand(terminal)),
                new Named("adopt", () -> new AdoptCommand(terminal)),
                new Named("replan", () -> new ReplanCommand(terminal)));
        group(
                "Give to the application",
                new Named("env", () -> env(terminal)),
                new Named("redeploy", () -> new RedeployCommand(terminal)));
        group(
                "Run Assent itself",
                new Named("daemon", () -> new DaemonCommand(terminal, launch)),
                new Named("config", () -> ConfigCommand.of(terminal)),
                new Named("doctor", () -> new DoctorCommand(terminal)),
                new Named("token", () -> TokenCommand.of(terminal)),
                new Named("state", () -> StateCommand.of(terminal)),
                new Named(ALL, () -> new CompletionCommand(terminal)));
    }

    /// A command that is made when it is needed: each costs some milliseconds.
    private record Named(String name, Supplier<Object> command) {}

    /// The command line, ready to be given arguments: with the one command that they begin with, or
    /// with all where they begin with none.
    static CommandLine of(
            Terminal terminal,
            Launch launch,
            Supplier<ManifestReader> readers,
            Supplier<Catalogue> catalogue,
            String... arguments) {
        var commands = new Commands(terminal, launch, readers, catalogue);
        var first = arguments.length > 0 && !arguments[0].equals(ALL) ? arguments[0] : "";
        var named = commands.all().filter(it -> it.name().equals(first)).toList();
        var root = new CommandLine(new AssentCommand(terminal));
        (named.isEmpty() ? commands.all() : named.stream())
                .forEach(it -> root.addSubcommand(it.name(), it.command().get()));
        root.addSubcommand("help", new HelpCommand(terminal, commands::headings));
        root.getCommandSpec().versionProvider(() -> new String[] {Cli.version()});
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setColorScheme(colours(terminal));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(100);
        root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        root.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, _ -> commands.list(root));
        new Complaints(terminal).attachTo(root);
        return root;
    }

    static Help.ColorScheme colours(Terminal terminal) {
        return Help.defaultColorScheme(terminal.colourful() ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    private static CommandLine env(Terminal terminal) {
        return new CommandLine(new EnvCommand(terminal))
                .addSubcommand(new EnvSetCommand(terminal))
                .addSubcommand(new EnvUnsetCommand(terminal));
    }

    private Map<String, List<String>> headings() {
        var headings = new LinkedHashMap<String, List<String>>();
        groups.forEach((heading, commands) ->
                headings.put(heading, commands.stream().map(Named::name).toList()));
        return headings;
    }

    private void group(String heading, Named... commands) {
        groups.put(heading, List.of(commands));
    }

    private Stream<Named> all() {
        return groups.values().stream().flatMap(List::stream);
    }

    private String list(CommandLine root) {
        var text = new StringBuilder();
        groups.forEach((heading, commands) -> {
            var table = new Table(2);
            for (var it : commands) {
                var command = Objects.requireNonNull(root.getSubcommands().get(it.name()));
                var usage = command.getCommandSpec().usageMessage();
                table.row("%-11s".formatted(it.name()), String.join(" ", usage.description()));
            }
            text.append("\n").append(heading).append("\n").append(table);
        });
        return text.toString();
    }
}
