package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.util.List;
import java.util.SortedSet;

/// The right to carry out one plan, once. Only the store makes one, in the transaction that
/// consumes the assent and marks the plan as applying; the applier takes nothing else.
public final class Approval {

    private final StoredPlan stored;
    private final SortedSet<String> covered;

    Approval(StoredPlan stored, SortedSet<String> covered) {
        this.stored = stored;
        this.covered = covered;
    }

    public Plan plan() {
        return stored.plan();
    }

    public Digest digest() {
        return stored.digest();
    }

    /// The changes that somebody said yes to, in the plan's order.
    public List<PlannedChange> changes() {
        return plan().changes().stream().filter(it -> covered.contains(it.id())).toList();
    }
}
