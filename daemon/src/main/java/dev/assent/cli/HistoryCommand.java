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
        try (var client = server.connect(terminal)) {
            var history = client.history(application, limit);
            terminal.out().print(print.json() ? PrintOptions.json(history) : text(history));
        }
        return 0;
    }

    private String text(History history) {
        if (history.entries().isEmpty()) return "Nothing happened yet.\n";
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
