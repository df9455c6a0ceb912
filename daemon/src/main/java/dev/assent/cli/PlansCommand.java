package dev.assent.cli;

import dev.assent.http.Client;
import dev.assent.http.api.Plans;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plans", description = "List the plans that wait for somebody.")
final class PlansCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Option(names = "--all", description = "Those that have ended, too.")
    boolean all;

    @Parameters(arity = "0..1", paramLabel = "APP[/ENV]", description = "Only its plans.")
    Optional<String> application = Optional.empty();

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description =
                    "What a branch or a pull request would do, as if merged: feature/x, #7, 7.")
    Optional<String> branch = Optional.empty();

    PlansCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            if (branch.isPresent()) return heads(client);
            var plans = client.plans(application, all);
            terminal.out().print(print.json() ? PrintOptions.json(plans) : text(plans));
        }
        return 0;
    }

    private int heads(Client client) {
        var heads = client.heads(branch);
        terminal.out()
                .print(print.json() ? PrintOptions.json(heads) : HeadsText.of(heads, terminal));
        return 0;
    }

    private String text(Plans plans) {
        if (plans.plans().isEmpty()) return "No plan waits for anybody.\n";
        var table = new Table(0);
        var beside = plans.plans().stream().anyMatch(it -> !PlanLine.from(it).isEmpty());
        for (var it : plans.plans()) {
            var cells = new ArrayList<String>();
            cells.add(it.id());
            cells.add(it.state());
            cells.add(it.application() + "/" + it.environment());
            cells.add(PlanLine.changes(it));
            if (beside) cells.add(PlanLine.from(it));
            cells.add(Ago.of(it.proposedAt(), terminal.clock().instant()));
            cells.add(PlanLine.nextStep(it).orElse(""));
            table.row(cells.toArray(String[]::new));
        }
        return table.toString();
    }
}
