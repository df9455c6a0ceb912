package dev.assent.cli;

import dev.assent.http.api.TokenRequest;
import dev.assent.state.TokenScope;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The token alone is printed, so that it can be written into a file; all else is said on the side.
@Command(
        name = "create",
        description = "Make a token and print it: this once, and never again.",
        footer = {
            "",
            "Each scope includes those before it:",
            "  read     see everything but passwords",
            "  request  ask for groups, replicas and so on; redeploy; tell of external groups",
            "  approve  approve, reject and apply plans; see an application's variables",
            "  admin    make and revoke tokens",
            "",
            "Use one with ASSENT_TOKEN or ASSENT_TOKEN_FILE."
        })
final class TokenCreateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "NAME", description = "What it will be called.")
    String name = "";

    @Option(
            names = "--person",
            required = true,
            paramLabel = "PERSON",
            description = "Who speaks with it, in assents, policies and the audit trail.")
    String person = "";

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "SCOPE",
            description = "What it is good for: read, request, approve or admin.")
    TokenScope scope = TokenScope.READ;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description =
                    "For how long it can be used: 30m, 12h, 90d; at most 366d (default: 90d).")
    Optional<String> expires = Optional.empty();

    TokenCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var request =
                new TokenRequest(
                        Optional.of(name), Optional.of(person), Optional.of(scope.word()), expires);
        try (var client = server.connect(terminal)) {
            var issued = client.createToken(request);
            if (print.json()) {
                terminal.out().print(PrintOptions.json(issued));
                return 0;
            }
            terminal.out().println(issued.token());
            terminal.out().flush();
            terminal.remark(
                    "%s may %s with it until %s; keep it now, it is not shown again"
                            .formatted(person, scope.word(), issued.summary().expiresAt()));
        }
        return 0;
    }
}
