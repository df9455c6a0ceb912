package dev.assent.plan;

import dev.assent.model.ApplicationName;
import java.util.List;

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

    /// A change in its place in the plan.
    ///
    /// @param id `c1`, `c2` … in the order of the plan
    public record PlannedChange(String id, Change change, Because because) {}
}
