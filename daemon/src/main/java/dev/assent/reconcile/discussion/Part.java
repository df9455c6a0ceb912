package dev.assent.reconcile.discussion;

import dev.assent.reconcile.Overlaps.Overlap;
import dev.assent.state.HeadPlan;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Optional;

/// What a pull request comes to for one application.
///
/// @param plan the plan that it wants now
/// @param applied the last of its plans whose apply began
/// @param missing what the plan still lacks to be approved, by the policy, in a sentence
/// @param never why nobody can approve it as things stand, in a sentence
/// @param overlaps other pull requests that touch the same groups
record Part(
        HeadPlan said,
        Optional<StoredPlan> plan,
        Optional<StoredPlan> applied,
        Optional<String> missing,
        Optional<String> never,
        boolean beginsAfterMerge,
        List<Overlap> overlaps) {

    Part {
        overlaps = List.copyOf(overlaps);
    }
}
