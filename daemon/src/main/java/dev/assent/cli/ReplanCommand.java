package dev.assent.cli;

import dev.assent.http.api.PlanSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replan",
        description = "Have an application planned anew, with what was rejected or has expired.")
final class ReplanCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "APP/ENV", description = "The application.")
    String application = "";

    ReplanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var plans = client.planOnceMore(EnvCommand.application(application));
            if (print.json()) {
                terminal.out().print(PrintOptions.json(plans));
            } else if (plans.plans().isEmpty()) {
                terminal.out().println("Nothing to do: what exists is what the manifest declares.");
            } else {
                plans.plans().forEach(this::line);
            }
        }
        return 0;
    }

    private void line(PlanSummary plan) {
        terminal.out()
                .println(
                        "%s is %s: %s; %s"
                                .formatted(
                                        plan.id(),
                                        plan.state(),
                                        PlanLine.changes(plan),
                                        PlanLine.nextStep(plan).orElse("")));
    }
}
