package dev.assent.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.assent.approval.Matter;
import dev.assent.approval.Opening;
import dev.assent.approval.Policy;
import dev.assent.state.Assent;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a policy would have made of a plan of the past, with the yeses that it really got.
///
/// @param by who said yes
/// @param why what would have been missing, or what it would have waited for
/// @param startsAt when it would have started, had it had to wait
record ReplayedPlan(
        String id,
        String application,
        String environment,
        Outcome outcome,
        Instant approvedAt,
        List<String> by,
        Optional<String> why,
        Optional<Instant> startsAt) {

    enum Outcome {
        /// It would have gone as it went.
        PASSED,
        /// It would have started later.
        LATER,
        /// What was said would not have been enough, or nobody could have said it.
        STOPPED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static boolean wasApproved(StoredPlan plan) {
        return switch (plan.state()) {
            case APPROVED, APPLYING, NEEDS_DECISION, APPLIED, FAILED -> !plan.assents().isEmpty();
            case PROPOSED, REJECTED, SUPERSEDED, EXPIRED -> false;
        };
    }

    /// @param plan one that was approved
    static ReplayedPlan of(Policy policy, StoredPlan plan) {
        var matter = Matter.of(plan);
        var last = plan.assents().getLast();
        var missing = policy.judge(matter, plan.assents(), last.changes()).missing();
        if (missing.isPresent()) {
            return of(plan, Outcome.STOPPED, missing, Optional.empty());
        }
        return switch (policy.opening(matter, last.changes(), last.at())) {
            case Opening.Now() -> of(plan, Outcome.PASSED, Optional.empty(), Optional.empty());
            case Opening.Later(var at, var why) ->
                    of(plan, Outcome.LATER, Optional.of(why + ", until " + at), Optional.of(at));
            case Opening.Never(var why) ->
                    of(plan, Outcome.STOPPED, Optional.of(why), Optional.empty());
        };
    }

    private static ReplayedPlan of(
            StoredPlan plan, Outcome outcome, Optional<String> why, Optional<Instant> startsAt) {
        var application = plan.plan().application();
        return new ReplayedPlan(
                plan.id(),
                application.app(),
                application.environment(),
                outcome,
                plan.assents().getLast().at(),
                plan.assents().stream().map(Assent::who).distinct().toList(),
                why,
                startsAt);
    }
}
