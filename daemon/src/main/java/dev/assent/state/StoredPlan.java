package dev.assent.state;

import dev.assent.log.About;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A plan and what became of it.
///
/// @param wanted who wants it beside the person who asked for it
/// @param asked the request that it was made for; empty where a manifest asks for it
/// @param notBefore when it may start, once it is approved; empty: at once
/// @param assents every yes to it, the newest last; once it is approved, that one says how much of
///   it is done
/// @param reason why it ended as it did: who rejected it, which step failed, what superseded it; of
///   an approved plan: why it may not start before `notBefore`
/// @param supersededBy the plan that took its place, where one did
public record StoredPlan(
        Plan plan,
        Digest digest,
        PlanState state,
        Provenance provenance,
        Wanted wanted,
        Optional<Asked> asked,
        Instant proposedAt,
        Instant changedAt,
        List<Assent> assents,
        Optional<Instant> notBefore,
        Optional<String> reason,
        Optional<Digest> supersededBy) {

    public StoredPlan {
        assents = List.copyOf(assents);
    }

    /// Whether it can still be decided on, started or resumed.
    public boolean isOpen() {
        return switch (state) {
            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> true;
            case APPLIED, REJECTED, SUPERSEDED, EXPIRED -> false;
        };
    }

    /// Whether all of it was done, and nothing was held back.
    public boolean isDoneWhole() {
        if (state != PlanState.APPLIED || assents.isEmpty()) return false;
        var done = assents.getLast().changes();
        return plan.changes().stream().allMatch(it -> done.contains(it.id()));
    }

    /// What is logged of it is about this.
    public About about() {
        return About.application(plan.application())
                .plan(id())
                .inRepository(provenance.repository())
                .commit(provenance.commit());
    }

    public String id() {
        return digest.id();
    }

    /// Why an approved plan may not start before `notBefore`, as the end of a sentence.
    public String waitsFor() {
        return reason.orElse("it removes a group");
    }
}
