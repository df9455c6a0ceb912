package dev.assent.cli;

import dev.assent.http.api.ShownPlan;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.plan.render.PlanText;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show what a plan would do, and what became of it.")
final class ShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PlanPrintOptions print = new PlanPrintOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var shown = client.shown(id);
            terminal.out().print(printed(shown));
        }
        return 0;
    }

    private String printed(ShownPlan shown) {
        var plan = shown.stored().plan();
        return switch (print.format) {
            case TEXT ->
                    PlanText.of(plan, print.look(terminal), shown.estimates())
                            + "\n"
                            + Standing.of(shown.stored(), terminal.clock().instant())
                            + StepLines.of(shown.steps())
                            + overlaps(shown);
            case JSON -> {
                var json = StoredPlanJson.write(shown.stored(), shown.estimates());
                StoredPlanJson.steps(json, shown.steps());
                StoredPlanJson.overlaps(json, shown.overlaps());
                yield PrintOptions.json(json);
            }
            case MARKDOWN -> PlanMarkdown.of(plan, Optional.empty(), shown.estimates());
        };
    }

    private static String overlaps(ShownPlan shown) {
        return shown.overlaps().stream()
                .map(it ->
                        "%s touches %s, too (%s): whichever is applied first, the other is planned again\n"
                                .formatted(
                                        Terminal.harmless(it.head()),
                                        String.join(", ", it.groups()),
                                        it.plan()))
                .collect(Collectors.joining());
    }
}
