package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "unset", description = "Forget where an external group stands.")
final class EnvUnsetCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();
    @Mixin ExternalParameters which = new ExternalParameters();

    EnvUnsetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var application = which.application();
        var group = which.group();
        try (var client = server.connect(terminal)) {
            var answer = client.forget(application, group);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(answer)
                                    : "it is forgotten where %s of %s stands; its variables go with: assent redeploy %s\n"
                                            .formatted(group, application, application));
        }
        return 0;
    }
}
