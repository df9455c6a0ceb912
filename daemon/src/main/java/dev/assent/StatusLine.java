package dev.assent;

import dev.assent.source.Watched;
import dev.assent.state.Leases;
import dev.assent.state.PlanState;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;

/// What the daemon is doing, in one line for `systemctl status`.
///
/// @param watched the repositories that it watches
record StatusLine(Store store, Watched watched) implements Supplier<String> {

    @Override
    public String get() {
        var line = new StringJoiner("; ");
        line.add("watching " + number(watched.all().size(), "repository", "repositories"));
        try {
            nodes(store.leases().nodes(), line);
            plans(store.plans().countByState(), line);
        } catch (StateException _) {
            // Whoever wants to say that the daemon is ready can say so all the same.
            line.add("its record cannot be read");
        }
        return line.toString();
    }

    private static void nodes(List<Leases.Node> nodes, StringJoiner line) {
        if (nodes.isEmpty()) return;
        var onDuty = nodes.stream().anyMatch(it -> it.own() && it.onDuty());
        line.add(
                "one of "
                        + number(nodes.size(), "node", "nodes")
                        + (onDuty ? ", which does what one does for all" : ""));
    }

    private static void plans(Map<PlanState, Integer> plans, StringJoiner line) {
        var waiting = plans.getOrDefault(PlanState.PROPOSED, 0);
        if (waiting > 0) line.add(number(waiting, "plan waits", "plans wait") + " for a decision");
        var applying = plans.getOrDefault(PlanState.APPLYING, 0);
        if (applying > 0) line.add(applying + " being applied");
        var failed = plans.getOrDefault(PlanState.FAILED, 0);
        if (failed > 0) line.add(failed + " failed");
        var unclear = plans.getOrDefault(PlanState.NEEDS_DECISION, 0);
        if (unclear > 0) {
            line.add(
                    number(unclear, "stands", "stand") + " still until somebody decides on a step");
        }
    }

    private static String number(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
