package dev.assent.reconcile;

import dev.assent.manifest.Problem;
import dev.assent.plan.Plan;
import java.util.List;

/// What came of planning a manifest that is in no repository yet.
public sealed interface Trial {

    /// What would be proposed, were it pushed. It is stored nowhere.
    record Planned(Plan plan) implements Trial {}

    /// The manifest is not valid.
    record Invalid(List<Problem> problems) implements Trial {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
