package dev.assent.cli;

import dev.assent.http.api.StoredPlanJson;
import dev.assent.plan.render.Estimates;
import dev.assent.plan.render.PlanText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show what a plan would do, and what became of it.")
final class ShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var plan = client.plan(id);
            if (print.json()) {
                terminal.out().print(PrintOptions.json(StoredPlanJson.write(plan)));
            } else {
                terminal.out()
                        .print(PlanText.of(plan.plan(), print.look(terminal), Estimates.NONE));
                terminal.out().print("\n" + Standing.of(plan, terminal.clock().instant()));
            }
        }
        return 0;
    }
}
