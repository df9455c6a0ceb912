package dev.assent.plan.render;

import dev.assent.plan.Plan;

/// A plan as a person reads it in a terminal, with the symbols that Terraform's users know.
public final class PlanText {

    private PlanText() {}

    /// Lines, each ended by a line feed.
    public static String of(Plan plan, boolean colour) {
        throw new UnsupportedOperationException();
    }
}
