package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Make a token worthless, at once.")
final class TokenRevokeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "NAME", description = "What the token is called.")
    String name = "";

    TokenRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var token = client.revokeToken(name);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(token)
                                    : "Revoked %s of %s.\n"
                                            .formatted(token.name(), token.person()));
        }
        return 0;
    }
}
