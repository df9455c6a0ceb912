package dev.assent.cli;

import dev.assent.http.api.History;
import dev.assent.plan.Digest;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Show what happened, and who said yes to it.")
final class HistoryCommand implements Callable<Integer> {

    /// So much of what a hook printed is enough to see what went wrong.
    private static final int LINES = 20;

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(arity = "0..1", paramLabel = "APP[/ENV]", description = "Only what happened to it.")
    Optional<String> application = Optional.empty();

    @Option(names = "--plan", paramLabel = "ID", description = "Only what became of this plan.")
    Optional<String> plan = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Only what happened since then: 30m, 12h or 7d ago, or a day or moment such as"
                            + " 2026-11-23 or 2026-11-23T12:00:00Z.")
    Optional<String> since = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many entries (default: ${DEFAULT-VALUE}).")
    int limit = 50;

    HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var from = since.map(it -> Since.read(it, terminal.clock().instant()));
        try (var client = server.connect(terminal)) {
            var history = client.history(application, plan, from, limit);
            terminal.out().print(print.json() ? PrintOptions.json(history) : text(history));
        }
        return 0;
    }

    private String nothing() {
        return plan.isPresent() || since.isPresent()
                ? "Nothing of that kind happened.\n"
                : "Nothing happened yet.\n";
    }

    private String text(History history) {
        if (history.entries().isEmpty()) return nothing();
        var table = new Table(0);
        for (var it : history.entries()) {
            table.row(
                    Ago.of(it.at(), terminal.clock().instant()),
                    it.who(),
                    it.what(),
                    it.application().orElse("-"),
                    it.plan().flatMap(Digest::parse).map(Digest::id).orElse("-"),
                    it.detail());
        }
        return withOutput(table.toString(), history);
    }

    /// What hooks printed, below the lines that tell of their redeploys: of one that failed its
    /// end.
    private static String withOutput(String rows, History history) {
        var text = new StringBuilder();
        var entries = history.entries().iterator();
        rows.lines()
                .forEach(row -> {
                    text.append(row).append('\n');
                    entries.next()
                            .hook()
                            .filter(it -> !it.succeeded())
                            .map(RedeployCommand::output)
                            .ifPresent(it -> text.append(end(it)));
                });
        return text.toString();
    }

    private static String end(String output) {
        var lines = output.lines().toList();
        var from = Math.max(0, lines.size() - LINES);
        var more = from == 0 ? "" : "  │ … (%d lines more: --format json)\n".formatted(from);
        return more
                + lines.subList(from, lines.size()).stream()
                        .map(it -> it + "\n")
                        .collect(Collectors.joining());
    }
}
