package dev.assent.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Show repositories, groups, servers and what waits.")
final class StatusCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(arity = "0..1", paramLabel = "APP[/ENV]", description = "Only what belongs to it.")
    Optional<String> application = Optional.empty();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var status = client.status(application);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(status)
                                    : StatusText.of(status, terminal.clock().instant()));
        }
        return 0;
    }
}
