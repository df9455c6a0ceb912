package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a plan cannot be decided on or started, and what to do instead: one sentence each.
final class Refusals {

    private Refusals() {}

    static String unknown(Digest digest) {
        return "there is no plan " + digest + "; the ones that wait are listed by: assent plans";
    }

    /// Why a plan cannot be decided on, being in the state that it is in; empty for a proposed one.
    ///
    /// @param successor the plan that took its place, where one did
    static Optional<String> decide(StoredPlan plan, Optional<StoredPlan> successor) {
        return switch (plan.state()) {
            case PROPOSED -> Optional.empty();
            case APPROVED ->
                    Optional.of(
                            "%s is approved already, %s: one yes is enough; start it: assent apply %s"
                                    .formatted(plan.id(), assents(plan), plan.id()));
            case FAILED ->
                    Optional.of(
                            "%s is approved already and failed: %s; mend the cause and resume it: assent apply %s"
                                    .formatted(plan.id(), reason(plan), plan.id()));
            case APPLYING, APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    Optional.of(over(plan, successor));
        };
    }

    /// Why a plan cannot be started, being in the state that it is in; empty for an approved or a
    /// failed one.
    static Optional<String> start(StoredPlan plan, Optional<StoredPlan> successor) {
        return switch (plan.state()) {
            case APPROVED, FAILED -> Optional.empty();
            case PROPOSED ->
                    Optional.of(
                            "%s is not approved yet; look at it (assent show %s), then say yes: assent approve %s"
                                    .formatted(plan.id(), plan.id(), plan.id()));
            case APPLYING, APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    Optional.of(over(plan, successor));
        };
    }

    /// The record is no longer the one that the plan was made from.
    ///
    /// @param waiting the plan that was made from the new one, where there is one
    static String moved(StoredPlan plan, long serial, Optional<StoredPlan> waiting) {
        var application = plan.plan().application();
        return "%s was made from another record: that of %s was at serial %d then and is at %d now; %s"
                .formatted(
                        plan.id(),
                        application,
                        plan.plan().baseSerial(),
                        serial,
                        waiting.map(it -> "review the new plan: assent show " + it.id())
                                .orElse(noneWaits(application)));
    }

    static String busy(StoredPlan plan, StoredPlan applying) {
        return "%s must wait: %s is being applied to %s, one plan at a time; watch it: assent follow %s"
                .formatted(plan.id(), applying.id(), plan.plan().application(), applying.id());
    }

    static String rejected(String who, String reason) {
        return reason.isBlank() ? "rejected by " + who : "rejected by " + who + ": " + reason;
    }

    private static String over(StoredPlan plan, Optional<StoredPlan> successor) {
        var id = plan.id();
        return switch (plan.state()) {
            case APPLYING -> id + " is being applied now; watch it: assent follow " + id;
            case APPLIED ->
                    "%s was applied already, on %s, and is used up; see what it did: assent show %s"
                            .formatted(id, time(plan.changedAt()), id);
            case REJECTED ->
                    "%s was %s; a commit that touches its manifest proposes it again"
                            .formatted(id, reason(plan));
            case EXPIRED ->
                    id + " has expired; a commit that touches its manifest proposes it again";
            case SUPERSEDED ->
                    successor
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
