package dev.assent.reconcile.discussion;

import static dev.assent.plan.render.Inert.code;
import static dev.assent.plan.render.Inert.prose;

import dev.assent.plan.Plan.PlannedChange;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.util.HashSet;
import java.util.Set;

/// The comment that tells what became of a plan. It is written once and stays.
final class ResultComment {

    private static final int NAMED = 60;

    private ResultComment() {}

    static String of(String marker, StoredPlan plan) {
        var out = new StringBuilder(marker).append('\n');
        var application = code(plan.plan().application().toString());
        if (plan.state() == PlanState.APPLIED) {
            out.append("### Applied %s to %s\n\n".formatted(code(plan.id()), application));
        } else {
            out.append("### %s failed in %s\n\n".formatted(code(plan.id()), application));
            out.append("%s\n\n".formatted(prose(plan.reason().orElse("it was not said why"))));
            out.append(
                    "What was done stays as it is recorded. Mend the cause, then resume it: %s\n\n"
                            .formatted(code("assent apply " + plan.id())));
        }
        var covered = covered(plan);
        var changes = plan.plan().changes();
        for (var it : changes.subList(0, Math.min(NAMED, changes.size()))) {
            out.append(line(it, covered.contains(it.id())));
        }
        if (changes.size() > NAMED) {
            out.append("* and %d more\n".formatted(changes.size() - NAMED));
        }
        plan.assents().stream()
                .map(it -> "\nYes by %s (%s).\n".formatted(code(it.who()), it.channel()))
                .forEach(out::append);
        return out.toString();
    }

    private static Set<String> covered(StoredPlan plan) {
        return plan.assents().isEmpty()
                ? Set.of()
                : new HashSet<>(plan.assents().getLast().changes());
    }

    private static String line(PlannedChange planned, boolean covered) {
        var what =
                "%s %s"
                        .formatted(
                                planned.change().action(),
                                code(planned.change().group().toString()));
        return covered ? "* %s\n".formatted(what) : "* %s: held back\n".formatted(what);
    }
}
