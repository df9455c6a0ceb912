package dev.assent.http.api;

import dev.assent.plan.Digest;
import dev.assent.plan.Summary;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A plan in one line of a list.
///
/// @param destroys the groups, `ENGINE/GROUP`, that lose data by it
/// @param byBranch whether the branch itself wants it
/// @param heads what people call the heads beside the branch that want it: `#7`, `feature/x`
/// @param byDrift whether it would mend what was found of servers that are not as they are recorded
/// @param asked what a person asked for, in the words of the command; absent where a manifest asks
/// @param notBefore when it may start, once it is approved
/// @param reason why it ended as it did
public record PlanSummary(
        String id,
        String digest,
        String application,
        String environment,
        String state,
        int add,
        int change,
        int remove,
        int notices,
        List<String> destroys,
        String repository,
        String path,
        String commit,
        boolean byBranch,
        List<String> heads,
        boolean byDrift,
        Optional<String> asked,
        Instant proposedAt,
        Instant changedAt,
        Optional<Instant> notBefore,
        Optional<String> reason,
        Optional<String> supersededBy) {

    public static PlanSummary of(StoredPlan stored) {
        var plan = stored.plan();
        var summary = Summary.of(plan);
        return new PlanSummary(
                stored.id(),
                stored.digest().toString(),
                plan.application().app(),
                plan.application().environment(),
                stored.state().word(),
                summary.add(),
                summary.change(),
                summary.remove(),
                plan.notices().size(),
                plan.destructive().stream()
                        .map(it -> it.change().group().toString())
                        .distinct()
                        .toList(),
                stored.provenance().repository(),
                stored.provenance().path(),
                stored.provenance().commit(),
                stored.wanted().byBranch(),
                stored.wanted().byHeads().stream().map(Wanted.Head::name).toList(),
                stored.wanted().byDrift(),
                stored.asked().map(it -> it.request().words(plan.application())),
                stored.proposedAt(),
                stored.changedAt(),
                stored.notBefore(),
                stored.reason(),
                stored.supersededBy().map(Digest::id));
    }
}
