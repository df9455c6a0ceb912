package dev.assent.cli;

import dev.assent.http.api.History;
import dev.assent.plan.Digest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Show what happened, and who said yes to it.")
final class HistoryCommand implements Callable<Integer> {

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
        return table.toString();
    }
}
