package dev.assent.state;

import dev.assent.log.About;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.StepKey;
import java.util.List;
import java.util.SortedSet;

/// The right to carry out one plan, once. Only the store makes one, in the transaction that
/// consumes the assent and marks the plan as applying; the applier takes nothing else.
public final class Approval {

    private final StoredPlan stored;
    private final SortedSet<String> covered;
    private final long proposal;
    private final long attempt;

    /// @param proposal which proposal of the plan was approved; its steps are its own
    /// @param attempt which start or resume this is; only the latest may write
    Approval(StoredPlan stored, SortedSet<String> covered, long proposal, long attempt) {
        this.stored = stored;
        this.covered = covered;
        this.proposal = proposal;
        this.attempt = attempt;
    }

    /// The plan as it was when it was started.
    public StoredPlan stored() {
        return stored;
    }

    public Plan plan() {
        return stored.plan();
    }

    /// What is logged while it is carried out is about this.
    public About about() {
        return stored.about();
    }

    public Digest digest() {
        return stored.digest();
    }

    /// The changes that somebody said yes to, in the plan's order.
    public List<PlannedChange> changes() {
        return plan().changes().stream().filter(it -> covered.contains(it.id())).toList();
    }

    /// What a step of this plan is called where the work is done, in every attempt.
    public StepKey key(String step) {
        return new StepKey(digest(), proposal, step);
    }

    long proposal() {
        return proposal;
    }

    long attempt() {
        return attempt;
    }
}
