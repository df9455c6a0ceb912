package dev.assent.plan;

import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Map;

/// What would be done to one application, for people to review. It does nothing by itself.
///
/// @param baseSerial the serial of the record that it was made against; once the record moves on,
///   the plan is superseded
/// @param changes in the order in which they would be done
/// @param unchanged how many declared groups are as they should be
public record Plan(
        ApplicationName application,
        long baseSerial,
        List<PlannedChange> changes,
        List<Notice> notices,
        int unchanged) {

    public Plan {
        changes = List.copyOf(changes);
        notices = List.copyOf(notices);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// Whether another plan does exactly the same, from whichever record.
    public boolean hasTheSameChangesAs(Plan other) {
        return application.equals(other.application)
                && changes.stream()
                        .map(Plan::core)
                        .toList()
                        .equals(other.changes.stream().map(Plan::core).toList());
    }

    /// What the digest covers of a change.
    private static Map.Entry<String, Change> core(PlannedChange planned) {
        return Map.entry(planned.id(), planned.change());
    }

    public Digest digest() {
        return CanonicalPlan.digest(this);
    }

    public String id() {
        return digest().id();
    }

    public List<PlannedChange> destructive() {
        return changes.stream()
                .filter(it -> it.change().severity() == Severity.DESTRUCTIVE)
                .toList();
    }

    /// A change in its place in the plan. All but its id and the change itself follows from those,
    /// the record and whoever asked, and is no part of the digest.
    ///
    /// @param id `c1`, `c2` … in the order of the plan
    /// @param dependsOn the ids of changes that have to be done before
    /// @param variables what it does to the application's environment variables
    /// @param reach what it touches and what that costs, in a sentence
    public record PlannedChange(
            String id,
            Change change,
            Because because,
            List<String> dependsOn,
            Effect variables,
            String reach) {

        public PlannedChange {
            dependsOn = List.copyOf(dependsOn);
        }
    }
}
