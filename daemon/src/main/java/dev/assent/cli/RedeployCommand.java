package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "redeploy", description = "Put an application's pending variables in force.")
final class RedeployCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "APP/ENV", description = "The application.")
    String application = "";

    RedeployCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var answer = client.redeploy(EnvCommand.application(application));
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(answer)
                                    : "%d variables of %s are in force now; to see them: assent env %s\n"
                                            .formatted(
                                                    answer.variables().size(),
                                                    application,
                                                    application));
        }
        return 0;
    }
}
