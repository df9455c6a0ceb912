package dev.assent.reconcile;

import dev.assent.apply.Beginning;
import dev.assent.approval.Consent;
import dev.assent.approval.Matter;
import dev.assent.approval.Opening;
import dev.assent.approval.Speaker;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.state.Assent;
import dev.assent.state.Clearance;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import dev.assent.state.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the policy says to a yes, to a no, and to a start. The store asks inside the transaction
/// that writes what comes of it.
record Judge(ApplicationSettings settings, InstantSource clock) {

    /// When an approved plan may start.
    ///
    /// @param from empty: at once
    /// @param why why not at once, as the end of a sentence
    record Start(Optional<Instant> from, Optional<String> why) {}

    Verdict yes(StoredPlan plan, Yes yes) {
        return switch (yes.consent().to(plan.plan())) {
            case Consent.Enough(var changes) -> yes(plan, assent(yes.speaker(), changes));
            case Consent.No(var why) -> new Verdict.Refuse(why);
        };
    }

    private Assent assent(Speaker speaker, Set<String> changes) {
        return new Assent(
                speaker.who(),
                speaker.person(),
                speaker.groups(),
                speaker.channel().word(),
                speaker.evidence(),
                clock.instant(),
                new TreeSet<>(changes));
    }

    private Verdict yes(StoredPlan plan, Assent assent) {
        var policy = settings.policy();
        var matter = Matter.of(plan);
        var all = new ArrayList<>(plan.assents());
        all.add(assent);
        var judgement = policy.judge(matter, all, assent.changes());
        var never = judgement.never();
        if (never.isPresent()) return refusal(plan, never.get());
        var missing = judgement.missing().orElse("others have said it already");
        // Even where there are enough by now: the last yes says how much is done.
        if (!policy.counts(matter, assent)) {
            return refusal(plan, "this yes does not count: " + missing);
        }
        if (judgement.enough()) return enough(plan, assent);
        var before = plan.assents().stream().filter(it -> policy.says(it, assent)).findFirst();
        return before.<Verdict>map(it ->
                        new Verdict.Refuse(
                                "%s said yes to %s by %s already; %s"
                                        .formatted(it.who(), plan.id(), it.channel(), missing)))
                .orElseGet(() -> new Verdict.Note(assent, missing));
    }

    private Verdict enough(StoredPlan plan, Assent assent) {
        return switch (opening(plan, assent)) {
            case Opening.Now() -> new Verdict.Approve(assent, Optional.empty());
            case Opening.Later(var at, var why) ->
                    new Verdict.Approve(assent, Optional.of(at), Optional.of(why));
            case Opening.Never(var why) ->
                    new Verdict.Refuse("%s could never start: %s".formatted(plan.id(), why));
        };
    }

    private static Verdict refusal(StoredPlan plan, String why) {
        return new Verdict.Refuse(
                "%s is not approved: %s. Who may is told by: assent policy test POLICY --plan %s"
                        .formatted(plan.id(), why, plan.id()));
    }

    Verdict no(StoredPlan plan, Speaker speaker, String reason) {
        return settings.policy()
                .mayReject(Matter.of(plan), speaker)
                .<Verdict>map(Verdict.Refuse::new)
                .orElseGet(
                        () -> new Verdict.Reject(speaker.who(), speaker.channel().word(), reason));
    }

    /// Whether a plan may start now, by what was said to it and by the policy as it is now.
    Clearance start(StoredPlan plan) {
        var matter = Matter.of(plan);
        if (settings.beginning(plan.plan().application()) == Beginning.AFTER_MERGE
                && !matter.isMerged()) {
            return new Clearance.NotYet(
                    Optional.empty(),
                    "%s is to be merged first (apply: after-merge)"
                            .formatted(matter.heads().isEmpty() ? "it" : matter.heads()));
        }
        if (plan.assents().isEmpty()) return new Clearance.Clear();
        var last = plan.assents().getLast();
        var judgement = settings.policy().judge(Matter.of(plan), plan.assents(), last.changes());
        var missing = judgement.missing();
        if (missing.isPresent()) return new Clearance.TooFew(missing.get());
        return switch (settings.policy()
                .opening(Matter.of(plan), last.changes(), clock.instant())) {
            case Opening.Now() -> new Clearance.Clear();
            case Opening.Later(var at, var why) ->
                    new Clearance.NotYet(
                            Optional.of(at), "%s, until %s at least".formatted(why, at));
            case Opening.Never(var why) -> new Clearance.NotYet(Optional.empty(), why);
        };
    }

    /// When an approved plan may start by the policy and the configuration as they are now, which
    /// may not be those that it was approved under.
    Start anew(StoredPlan plan) {
        if (plan.state() != PlanState.APPROVED || plan.assents().isEmpty()) {
            return new Start(plan.notBefore(), plan.reason());
        }
        return switch (opening(plan, plan.assents().getLast())) {
            // What waited to be thought over still waits for a look at its repository.
            case Opening.Now() ->
                    new Start(pause(plan, plan.assents().getLast()), Optional.empty());
            case Opening.Later(var at, var why) -> new Start(Optional.of(at), Optional.of(why));
            case Opening.Never _ -> new Start(plan.notBefore(), plan.reason());
        };
    }

    /// When what a yes covers may be carried out. What removes a group may have to wait for a while
    /// first, so that it can be thought better of.
    private Opening opening(StoredPlan plan, Assent assent) {
        var now = clock.instant();
        var thoughtOver = pause(plan, assent).filter(now::isBefore);
        var opening =
                settings.policy()
                        .opening(Matter.of(plan), assent.changes(), thoughtOver.orElse(now));
        if (thoughtOver.isEmpty()) return opening;
        var removes = "it removes a group";
        return switch (opening) {
            case Opening.Now() -> new Opening.Later(thoughtOver.get(), removes);
            case Opening.Later(var at, var why) -> new Opening.Later(at, removes + " and " + why);
            case Opening.Never never -> never;
        };
    }

    private Optional<Instant> pause(StoredPlan plan, Assent assent) {
        var removes =
                plan.plan().changes().stream()
                        .filter(it -> assent.changes().contains(it.id()))
                        .anyMatch(it -> it.change() instanceof RemoveGroup);
        var pause = settings.destroyAfter(plan.plan().application());
        return removes && pause.isPositive()
                ? Optional.of(assent.at().plus(pause).truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty();
    }
}
