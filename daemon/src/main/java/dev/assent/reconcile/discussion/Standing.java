package dev.assent.reconcile.discussion;

import dev.assent.forge.CommitStatus;
import dev.assent.forge.CommitStatus.Context;
import dev.assent.forge.CommitStatus.State;
import dev.assent.plan.Summary;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How things stand with a commit, in one line for each of our contexts.
final class Standing {

    private Standing() {}

    /// Whether it could be planned.
    static CommitStatus plan(HeadState head, List<Part> parts) {
        return switch (head.condition()) {
            case CONFLICT ->
                    status(Context.PLAN, State.FAILURE, head.detail().orElse("a conflict"));
            case MERGED -> status(Context.PLAN, State.SUCCESS, "the branch has all of it");
            case PLANNED -> planned(parts);
        };
    }

    private static CommitStatus planned(List<Part> parts) {
        var invalid = in(parts, HeadPlan.Condition.INVALID);
        if (invalid.isPresent()) {
            return status(
                    Context.PLAN,
                    State.FAILURE,
                    "%s has errors".formatted(invalid.get().said().path()));
        }
        var waiting = in(parts, HeadPlan.Condition.WAITING);
        if (waiting.isPresent()) {
            return status(
                    Context.PLAN,
                    State.PENDING,
                    "planned when what is being applied to %s ends"
                            .formatted(waiting.get().said().application()));
        }
        var plans = parts.stream().flatMap(it -> it.plan().stream()).toList();
        return switch (plans.size()) {
            case 0 -> status(Context.PLAN, State.SUCCESS, "nothing to do");
            case 1 ->
                    status(
                            Context.PLAN,
                            State.SUCCESS,
                            "%s: %s"
                                    .formatted(
                                            plans.getFirst().id(),
                                            Summary.of(plans.getFirst().plan())));
            default ->
                    status(
                            Context.PLAN,
                            State.SUCCESS,
                            "plans for %d applications".formatted(plans.size()));
        };
    }

    private static Optional<Part> in(List<Part> parts, HeadPlan.Condition condition) {
        return parts.stream().filter(it -> it.said().condition() == condition).findFirst();
    }

    /// Whether it was done, and what it waits for.
    static CommitStatus apply(HeadState head, List<Part> parts) {
        if (head.condition() == HeadState.Condition.CONFLICT) {
            return status(Context.APPLY, State.FAILURE, "there is no plan to apply");
        }
        return parts.stream()
                .flatMap(part ->
                        Stream.concat(
                                part.plan().stream()
                                        .map(it -> of(it, part.never(), part.beginsAfterMerge())),
                                part.applied().stream().map(it -> of(it, Optional.empty(), false))))
                .reduce(Standing::worse)
                .orElseGet(() -> status(Context.APPLY, State.SUCCESS, "nothing to apply"));
    }

    /// The same of a commit that is no head any more, from the plans that were made of it.
    static CommitStatus apply(List<StoredPlan> plans) {
        return plans.stream()
                .map(it -> of(it, Optional.empty(), false))
                .reduce(Standing::worse)
                .orElseGet(
                        () -> status(Context.APPLY, State.FAILURE, "a newer push took its place"));
    }

    /// What has failed is said before what waits, and that before what is done.
    private static CommitStatus worse(CommitStatus one, CommitStatus other) {
        return rank(other) > rank(one) ? other : one;
    }

    private static int rank(CommitStatus status) {
        return switch (status.state()) {
            case FAILURE -> 2;
            case PENDING -> 1;
            case SUCCESS -> 0;
        };
    }

    /// What can be approved after the merge alone must not stand in the way of that.
    private static CommitStatus of(StoredPlan plan, Optional<String> never, boolean afterMerge) {
        var id = plan.id();
        var reason = plan.reason().map(it -> ": " + it).orElse("");
        return switch (plan.state()) {
            case PROPOSED ->
                    never.map(it -> status(Context.APPLY, State.SUCCESS, it))
                            .orElseGet(() ->
                                    status(
                                            Context.APPLY,
                                            State.PENDING,
                                            id + " waits for approval"));
            case APPROVED ->
                    afterMerge
                            ? status(
                                    Context.APPLY,
                                    State.SUCCESS,
                                    id + " is begun once this is merged")
                            : status(
                                    Context.APPLY,
                                    State.PENDING,
                                    id + " is approved and not begun yet");
            case APPLYING -> status(Context.APPLY, State.PENDING, id + " is being applied");
            case NEEDS_DECISION ->
                    status(
                            Context.APPLY,
                            State.PENDING,
                            id + " stands still and needs a decision" + reason);
            case APPLIED -> status(Context.APPLY, State.SUCCESS, id + " is applied");
            case REJECTED ->
                    status(
                            Context.APPLY,
                            State.FAILURE,
                            id + " " + plan.reason().orElse("rejected"));
            case SUPERSEDED, EXPIRED, FAILED ->
                    status(Context.APPLY, State.FAILURE, id + " " + plan.state().word() + reason);
        };
    }

    /// Of a commit that gave way to another before it was planned.
    static CommitStatus gone(Context context) {
        return status(context, State.FAILURE, "a newer push took its place, or it was closed");
    }

    private static CommitStatus status(Context context, State state, String description) {
        return new CommitStatus(
                context, state, description.lines().findFirst().orElse(""), Optional.empty());
    }

    static boolean isSettled(CommitStatus status) {
        return status.state() != State.PENDING;
    }
}
