package dev.assent.cli;

import dev.assent.cli.ReplayedPlan.Outcome;
import dev.assent.http.Client;
import dev.assent.http.api.PlanSummary;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Say which plans of the past a policy would have stopped, and why.")
final class PolicyReplayCommand implements Callable<Integer> {

    /// As many as a daemon lists.
    private static final int MOST_PLANS = 1000;

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "POLICY", description = "The policy's file.")
    Path file = Path.of("");

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Only plans that were proposed since then: 12h or 30d ago, or a day or moment"
                            + " such as 2026-11-23 or 2026-11-23T12:00:00Z (default: all).")
    Optional<String> since = Optional.empty();

    PolicyReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private record Answer(int version, List<ReplayedPlan> plans) {}

    @Override
    public Integer call() {
        var policy = PolicyFile.read(file, terminal, print.look(terminal));
        var replayed =
                plans().stream()
                        .filter(ReplayedPlan::wasApproved)
                        .map(it -> ReplayedPlan.of(policy, it))
                        .toList();
        terminal.out()
                .print(print.json() ? PrintOptions.json(new Answer(1, replayed)) : text(replayed));
        return 0;
    }

    private List<StoredPlan> plans() {
        var from = since.map(it -> Since.read(it, terminal.clock().instant()));
        try (var client = server.connect(terminal)) {
            var all = client.plans(Optional.empty(), true).plans();
            if (all.size() >= MOST_PLANS) {
                terminal.remark("only the newest %d plans are looked at".formatted(MOST_PLANS));
            }
            return all.stream()
                    .filter(it -> from.map(then -> !it.proposedAt().isBefore(then)).orElse(true))
                    .map(it -> plan(client, it))
                    .toList();
        }
    }

    private static StoredPlan plan(Client client, PlanSummary summary) {
        return client.plan(summary.digest());
    }

    private static String text(List<ReplayedPlan> plans) {
        if (plans.isEmpty()) return "No plan was approved in that time.\n";
        var table = new Table(0);
        for (var it : plans) {
            table.row(
                    it.outcome().word(),
                    it.id(),
                    it.application() + "/" + it.environment(),
                    it.approvedAt().toString(),
                    "by " + String.join(", ", it.by()),
                    it.why().orElse(""));
        }
        return table
                + "%d of %d approved plans would have been stopped, %d would have waited.\n"
                        .formatted(
                                count(plans, Outcome.STOPPED),
                                plans.size(),
                                count(plans, Outcome.LATER));
    }

    private static long count(List<ReplayedPlan> plans, Outcome outcome) {
        return plans.stream().filter(it -> it.outcome() == outcome).count();
    }
}
