package dev.assent.plan;

import dev.assent.plan.Finding.Subject;
import java.util.Map;

/// What can be done about what was found.
///
/// @param plan what would mend it; empty where no plan can
/// @param advice of what no plan mends: what a person can do, in a sentence without its full stop
public record Repairs(Plan plan, Map<Subject, String> advice) {

    public Repairs {
        advice = Map.copyOf(advice);
    }
}
