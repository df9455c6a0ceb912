package dev.assent.cli;

import dev.assent.http.api.StoredPlanJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Stop a plan that is being applied after the step that it is at.")
final class CancelCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var plan = client.cancel(id);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(StoredPlanJson.write(plan))
                                    : "%s stops after the step that it is at, or after the next one where it is safe to stop; to watch it: assent follow %s\n"
                                            .formatted(plan.id(), plan.id()));
        }
        return 0;
    }
}
