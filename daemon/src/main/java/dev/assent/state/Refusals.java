package dev.assent.state;

import static java.util.function.Predicate.not;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Why a plan cannot be decided on or started, and what to do instead: one sentence each.
record Refusals(Handle handle) {

    static String unknown(Digest digest) {
        return "there is no plan " + digest + "; the ones that wait are listed by: assent plans";
    }

    /// Why a plan cannot be rejected, and so not be decided on at all; empty for one that can.
    /// Until it is carried out or over, a plan can be withdrawn, wherever the record went.
    Optional<String> reject(PlanRow row) {
        return switch (row.state()) {
            case PROPOSED, APPROVED, FAILED -> Optional.empty();
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    Optional.of(over(row));
        };
    }

    /// Why a plan cannot be approved; empty for one that can.
    Optional<String> approve(PlanRow row) {
        var plan = row.stored();
        return switch (plan.state()) {
            case PROPOSED -> moved(row);
            case APPROVED ->
                    Optional.of(
                            "%s is approved already, %s: enough have said yes; start it: assent apply %s"
                                    .formatted(plan.id(), assents(plan), plan.id()));
            case FAILED ->
                    Optional.of(
                            "%s is approved already and failed: %s; mend the cause and resume it: assent apply %s"
                                    .formatted(plan.id(), reason(plan), plan.id()));
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    Optional.of(over(row));
        };
    }

    /// Why a yes does not count though whoever said it may: what can be pointed to counts once.
    Optional<String> counted(Assent assent) {
        return assent.evidence()
                .filter(new AssentRows(handle)::isUsed)
                .map(it -> it + " was counted already; to say yes to this plan, say it anew");
    }

    /// Why a plan cannot be started or resumed; empty for one that can.
    Optional<String> start(PlanRow row, Instant now) {
        var plan = row.stored();
        return switch (plan.state()) {
            case APPROVED, FAILED -> moved(row).or(() -> waits(plan, now)).or(() -> busy(plan));
            case PROPOSED ->
                    Optional.of(
                            "%s is not approved yet; look at it (assent show %s), then say yes: assent approve %s"
                                    .formatted(plan.id(), plan.id(), plan.id()));
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    Optional.of(over(row));
        };
    }

    /// Why a plan that is being applied cannot be asked to stop; empty for one that can.
    Optional<String> cancel(PlanRow row) {
        var id = row.stored().id();
        return switch (row.state()) {
            case APPLYING -> Optional.empty();
            case PROPOSED, APPROVED, FAILED ->
                    Optional.of(
                            "%s is not being applied, so there is nothing to stop; to withdraw it: assent reject %s --reason '…'"
                                    .formatted(id, id));
            case NEEDS_DECISION ->
                    Optional.of(
                            "%s stands still already, until somebody decides on its step; to end it there: assent resolve %s STEP failed"
                                    .formatted(id, id));
            case APPLIED, REJECTED, SUPERSEDED, EXPIRED -> Optional.of(over(row));
        };
    }

    /// Why nobody need say what to make of a step; empty where somebody has to.
    ///
    /// @param unclear the step for which the plan stands still
    static Optional<String> resolve(PlanRow row, String step, Optional<String> unclear) {
        var id = row.stored().id();
        if (row.state() != PlanState.NEEDS_DECISION) {
            return Optional.of(
                    "%s is %s, and waits for no decision on a step; see where it stands: assent show %s"
                            .formatted(id, row.state().word(), id));
        }
        return unclear.filter(not(step::equals))
                .map(it ->
                        "it is not step %s of %s that needs a decision, but %s; look at it: assent resolve %s"
                                .formatted(step, id, it, id));
    }

    /// The record is neither the one that the plan was made from nor, for a failed one, what it
    /// left behind itself.
    private Optional<String> moved(PlanRow row) {
        var plan = row.stored();
        var application = row.application();
        var serial = Serials.of(handle, application);
        if (row.leftSerial() == serial) return Optional.empty();
        var next =
                new PlanRows(handle)
                        .in(application, PlanState.PROPOSED).stream()
                                .map(it -> it.digest().id())
                                .filter(not(plan.id()::equals))
                                .findFirst()
                                .map(it -> "review the new plan: assent show " + it)
                                .orElse(noneWaits(application));
        return Optional.of(
                "%s was made from another record: that of %s was at serial %d then and is at %d now; %s"
                        .formatted(plan.id(), application, row.leftSerial(), serial, next));
    }

    /// A plan may have to wait: for its time, or so that it can be thought better of.
    private static Optional<String> waits(StoredPlan plan, Instant now) {
        return plan.notBefore()
                .filter(now::isBefore)
                .map(it ->
                        "%s waits until %s, since %s. To cancel it: assent reject %s --reason '…'"
                                .formatted(plan.id(), time(it), plan.waitsFor(), plan.id()));
    }

    private Optional<String> busy(StoredPlan plan) {
        var application = plan.plan().application();
        return new PlanRows(handle)
                .in(application, PlanState.APPLYING, PlanState.NEEDS_DECISION).stream()
                        .map(it -> it.digest().id())
                        .map(it ->
                                "%s must wait: %s is being applied to %s, one plan at a time; watch it: assent follow %s"
                                        .formatted(plan.id(), it, application, it))
                        .findFirst();
    }

    private String over(PlanRow row) {
        var plan = row.stored();
        var id = plan.id();
        return switch (plan.state()) {
            case NEEDS_DECISION ->
                    "%s stands still: %s; look at it and decide: assent resolve %s"
                            .formatted(id, reason(plan), id);
            case APPLYING -> id + " is being applied now; watch it: assent follow " + id;
            case APPLIED ->
                    "%s was applied already, on %s, and is used up; see what it did: assent show %s"
                            .formatted(id, time(plan.changedAt()), id);
            case REJECTED -> "%s was %s; %s".formatted(id, reason(plan), again(plan));
            case EXPIRED -> "%s has expired; %s".formatted(id, again(plan));
            case SUPERSEDED ->
                    successor(row)
                            .map(it ->
                                    "%s was superseded by %s, because %s; review that one: assent show %s"
                                            .formatted(id, it.id(), reason(plan), it.id()))
                            .orElseGet(() ->
                                    "%s was superseded, because %s; %s"
                                            .formatted(
                                                    id,
                                                    reason(plan),
                                                    noneWaits(plan.plan().application())));
            case PROPOSED, APPROVED, FAILED -> throw new IllegalArgumentException(id + " is open");
        };
    }

    private static String again(StoredPlan plan) {
        var application = plan.plan().application();
        return plan.asked()
                .map(it -> "ask for it again: assent " + it.request().words(application))
                .orElse("to have it proposed again: assent replan " + application);
    }

    /// The plan at the end of the chain that took a plan's place, which may be over as well.
    private Optional<StoredPlan> successor(PlanRow superseded) {
        var rows = new PlanRows(handle);
        var next = superseded.stored().supersededBy().flatMap(rows::readable);
        while (next.isPresent() && next.get().stored().supersededBy().isPresent()) {
            next = next.get().stored().supersededBy().flatMap(rows::readable);
        }
        return next.map(PlanRow::stored);
    }

    private static String noneWaits(ApplicationName application) {
        return "no plan waits in its place now; see what there is: assent status " + application;
    }

    private static String assents(StoredPlan plan) {
        return plan.assents().stream()
                .map(it -> "by " + it.who() + " on " + time(it.at()))
                .collect(Collectors.joining(", "));
    }

    private static String reason(StoredPlan plan) {
        return plan.reason().orElse("it was not said why");
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
