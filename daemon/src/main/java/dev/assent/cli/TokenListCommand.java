package dev.assent.cli;

import dev.assent.http.api.TokenSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the tokens that were not revoked.")
final class TokenListCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    TokenListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var all = client.tokens();
            if (print.json()) {
                terminal.out().print(PrintOptions.json(all));
                return 0;
            }
            var now = terminal.clock().instant();
            var table = new Table(0).row("NAME", "PERSON", "SCOPE", "EXPIRES", "LAST USED");
            all.tokens()
                    .forEach(it ->
                            table.row(
                                    it.name(),
                                    it.person(),
                                    it.scope(),
                                    expires(it, now),
                                    it.lastUsed().map(LocalDate::toString).orElse("never")));
            terminal.out()
                    .print(all.tokens().isEmpty() ? "There are no tokens.\n" : table.toString());
        }
        return 0;
    }

    private static String expires(TokenSummary token, Instant now) {
        return token.expiresAt() + (token.expiresAt().isAfter(now) ? "" : " (over)");
    }
}
