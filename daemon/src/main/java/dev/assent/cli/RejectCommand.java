package dev.assent.cli;

import dev.assent.http.api.StoredPlanJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "reject", description = "Say no to a plan.")
final class RejectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for those who proposed it.")
    String reason = "";

    RejectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var plan = client.reject(id, reason);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(StoredPlanJson.write(plan))
                                    : "Rejected " + plan.id() + ".\n");
        }
        return 0;
    }
}
