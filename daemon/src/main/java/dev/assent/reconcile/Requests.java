package dev.assent.reconcile;

import dev.assent.model.Desired;
import dev.assent.model.Secret;
import dev.assent.plan.Answer;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.state.Asked;
import dev.assent.state.Decision;
import dev.assent.state.ManifestState;
import dev.assent.state.PlanState;
import dev.assent.state.Plans.Proposal;
import dev.assent.state.Provenance;
import dev.assent.state.StepState;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.Optional;

/// What people ask for: planned when it is asked, and anew whenever the record or the manifest has
/// moved, until it is decided. Whoever calls holds the lock of planning.
final class Requests {

    private static final String CHANGED = "what it was made from has changed";

    private final Store store;
    private final Planning planning;
    private final Announcer announcer;

    Requests(Store store, Planning planning, Announcer announcer) {
        this.store = store;
        this.planning = planning;
        this.announcer = announcer;
    }

    /// @param desired what the manifest declares now
    /// @param password with which a server that is adopted is entered
    Decision ask(Asked asked, Desired desired, Optional<Secret> password) {
        var application = desired.application();
        while (true) {
            switch (planning.plan(asked, desired)) {
                case Answer.Refused(var why) -> {
                    return new Decision.Refused(why);
                }
                case Answer.Planned(var plan) -> {
                    switch (propose(plan, asked, password)) {
                        case NEW, KNOWN -> {
                            return new Decision.Decided(stored(plan));
                        }
                        case BUSY -> {
                            return new Decision.Refused(
                                    "a plan is being applied to %s; ask again when it is done: assent plans %s"
                                            .formatted(application, application));
                        }
                        case EMPTY -> throw new IllegalStateException("a request without a change");
                        case STALE -> {}
                    }
                }
            }
        }
    }

    private Proposal propose(Plan plan, Asked asked, Optional<Secret> password) {
        var provenance =
                store.manifests()
                        .get(plan.application())
                        .map(ManifestState::provenance)
                        .orElse(Provenance.NONE);
        var proposal = store.plans().ask(plan, provenance, asked, password);
        if (proposal == Proposal.NEW) announcer.asked(plan, asked);
        return proposal;
    }

    private StoredPlan stored(Plan plan) {
        return store.plans().find(plan.digest().toString()).orElseThrow();
    }

    /// Plans what is not decided yet anew. A plan that stays the same keeps its assent.
    ///
    /// @param desired what the manifest declares now
    void planAnew(Desired desired) {
        for (var old : store.plans().openRequests(desired.application())) {
            old.asked().ifPresent(it -> planAnew(old, it, desired));
        }
    }

    private void planAnew(StoredPlan old, Asked asked, Desired desired) {
        switch (planning.plan(asked, desired)) {
            case Answer.Refused(var why) -> {
                if (isHalfDone(old)) return;
                store.plans()
                        .replaced(old.digest(), "it can no longer be: " + why, Optional.empty());
            }
            case Answer.Planned(var plan) -> {
                // What failed is resumed as it was approved.
                if (plan.digest().equals(old.digest()) || old.state() == PlanState.FAILED) return;
                switch (propose(plan, asked, Optional.empty())) {
                    case NEW, KNOWN -> replaced(old, plan.digest());
                    // The end of the apply plans it once more; a record that moved, whoever moved
                    // it.
                    case BUSY, STALE, EMPTY -> {}
                }
            }
        }
    }

    /// What it was to bring about may be so because of it, and the rest is still to be done: who
    /// was made the primary server has nobody who follows it yet.
    private boolean isHalfDone(StoredPlan plan) {
        return plan.state() == PlanState.FAILED
                && store.journal().standings(plan.digest()).stream()
                        .anyMatch(it -> it.state() == StepState.DONE);
    }

    private void replaced(StoredPlan old, Digest by) {
        store.plans().replaced(old.digest(), CHANGED, Optional.of(by));
    }
}
