package dev.assent.cli;

import dev.assent.http.api.PlanSummary;
import dev.assent.plan.Summary;
import dev.assent.state.PlanState;
import java.util.Optional;

/// A plan in a few words.
final class PlanLine {

    private PlanLine() {}

    /// `2 to add, 0 to change, 1 to destroy`.
    static String changes(PlanSummary plan) {
        return new Summary(plan.add(), plan.change(), plan.remove()).toString();
    }

    /// Who wants it beside the branch, or that it mends what was found.
    static String from(PlanSummary plan) {
        if (plan.byDrift()) return "drift";
        return String.join(", ", plan.heads().stream().map(Terminal::harmless).toList());
    }

    /// What somebody may want to do about it.
    static Optional<String> nextStep(PlanSummary plan) {
        return switch (PlanState.of(plan.state())) {
            case PROPOSED -> Optional.of("to review it: assent show " + plan.id());
            case APPROVED ->
                    Optional.of(
                            plan.notBefore()
                                    .map(it ->
                                            "waits until %s; to cancel it: assent reject %s"
                                                    .formatted(it, plan.id()))
                                    .orElse("to start it: assent apply " + plan.id()));
            case APPLYING -> Optional.of("to watch it: assent follow " + plan.id());
            case NEEDS_DECISION ->
                    Optional.of("to decide on its step: assent resolve " + plan.id());
            case FAILED -> Optional.of("to resume it: assent apply " + plan.id());
            case APPLIED, REJECTED, EXPIRED -> Optional.empty();
            case SUPERSEDED -> plan.supersededBy().map(it -> "in its place: " + it);
        };
    }
}
