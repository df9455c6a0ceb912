package dev.assent.approval;

import dev.assent.plan.Plan;
import dev.assent.state.Asked;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a policy judges: a plan, and who wants it.
///
/// @param asked what a person asked for; empty where a manifest does
public record Matter(Plan plan, Wanted wanted, Optional<Asked> asked) {

    public static Matter of(StoredPlan stored) {
        return new Matter(stored.plan(), stored.wanted(), stored.asked());
    }

    /// Whether the branch itself wants it, or a person, or it mends what was found: nothing has to
    /// be merged before.
    public boolean isMerged() {
        return wanted.byBranch() || wanted.byDrift() || asked.isPresent();
    }

    /// Whether one head wants it, and nobody else.
    boolean isOneHeadsAlone() {
        return !isMerged() && wanted.byHeads().size() == 1;
    }

    /// The heads that want it, as people call them.
    public String heads() {
        return wanted.byHeads().stream().map(Wanted.Head::name).collect(Collectors.joining(", "));
    }
}
