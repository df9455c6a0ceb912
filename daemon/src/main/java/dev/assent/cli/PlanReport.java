package dev.assent.cli;

import dev.assent.plan.Plan;

/// What `plan` prints, plan by plan, so that nothing has to be kept.
interface PlanReport {

    /// Renders a plan; several may be at once.
    ///
    /// @return what prints it, to be run in the order of the manifests
    Runnable rendered(Plan plan);

    /// Says what is to be said when all plans are through.
    void end();
}
