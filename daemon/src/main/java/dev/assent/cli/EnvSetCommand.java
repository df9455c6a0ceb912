package dev.assent.cli;

import dev.assent.http.api.ExternalRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A password never stands among the arguments, which every user of a machine can see.
@Command(
        name = "set",
        description = "Tell where an external group stands; what was told before is forgotten.")
final class EnvSetCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();
    @Mixin ExternalParameters which = new ExternalParameters();

    @Option(
            names = "--address",
            required = true,
            paramLabel = "HOST",
            description = "Its host name or IP address.")
    String address = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Its port (default: the engine's usual one).")
    Optional<Integer> port = Optional.empty();

    @Option(names = "--username", paramLabel = "USER", description = "The user to sign in as.")
    Optional<String> username = Optional.empty();

    @Option(names = "--database", paramLabel = "NAME", description = "The database to use there.")
    Optional<String> database = Optional.empty();

    @ArgGroup(exclusive = true)
    PasswordSource password = new PasswordSource();

    /// Where the password comes from.
    static final class PasswordSource {

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "A file whose only line is the password.")
        Optional<Path> file = Optional.empty();

        @Option(
                names = "--password-stdin",
                description = "Read the password, one line, from standard input.")
        boolean standardInput;
    }

    EnvSetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var application = which.application();
        var group = which.group();
        var told = new ExternalRequest(Optional.of(address), port, username, database, password());
        try (var client = server.connect(terminal)) {
            var answer = client.tell(application, group, told);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(answer)
                                    : "%s of %s stands at %s; pending until: assent redeploy %s\n"
                                            .formatted(
                                                    group,
                                                    application,
                                                    answer.endpoint().orElse(address),
                                                    application));
        }
        return 0;
    }

    private Optional<String> password() {
        return password.standardInput
                ? Optional.of(SecretInput.fromStandardInput(terminal.in()))
                : password.file.map(SecretInput::fromFile);
    }
}
