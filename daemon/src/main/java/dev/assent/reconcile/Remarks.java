package dev.assent.reconcile;

import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanText;
import java.util.List;
import java.util.stream.Stream;

/// What is said of a manifest beside its plan, as text.
final class Remarks {

    private Remarks() {}

    static List<String> of(List<Problem> problems) {
        return problems.stream().map(ProblemText::of).toList();
    }

    /// Notices stand here too, since a plan without changes is not kept.
    static List<String> of(List<Problem> warnings, Plan plan) {
        return Stream.concat(of(warnings).stream(), plan.notices().stream().map(PlanText::of))
                .toList();
    }
}
