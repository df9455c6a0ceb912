package dev.assent.reconcile.account;

import dev.assent.model.GroupName;
import dev.assent.plan.Change;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Severity;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.reconcile.account.Fact.Code;
import dev.assent.state.Assent;
import dev.assent.state.StoredPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which plans would make groups what they are declared to be, and what each waits for.
final class PlanFacts {

    private static final int FEW = 3;

    private final Situation situation;
    private Optional<GroupName> asked = Optional.empty();

    PlanFacts(Situation situation) {
        this.situation = situation;
    }

    /// @param asked the group that was asked for; empty: every one
    List<Fact> all(Optional<GroupName> asked) {
        this.asked = asked;
        var facts = new ArrayList<Fact>();
        for (var course : situation.open()) {
            var pending = ofAsked(course.pending());
            if (!pending.isEmpty()) facts.add(open(course.stored(), pending));
            var held = ofAsked(course.heldBack());
            if (!held.isEmpty()) facts.add(heldBack(course.stored(), held));
        }
        unplanned(facts);
        return facts;
    }

    private List<PlannedChange> ofAsked(List<PlannedChange> changes) {
        return changes.stream()
                .filter(it -> asked.map(it.change().group()::equals).orElse(true))
                .toList();
    }

    private Fact open(StoredPlan plan, List<PlannedChange> changes) {
        var would = "plan %s, which would %s, ".formatted(plan.id(), titles(changes));
        var show = "assent show " + plan.id();
        var apply = "assent apply " + plan.id();
        return switch (plan.state()) {
            case PROPOSED ->
                    fact(
                            Code.PLAN_PROPOSED,
                            would + "waits for a yes",
                            changes,
                            show,
                            "assent approve " + plan.id() + destroys(plan));
            case APPROVED ->
                    plan.notBefore()
                            .map(it ->
                                    fact(
                                            Code.PLAN_APPROVED,
                                            "%sis approved by %s and waits until %s, since %s"
                                                    .formatted(
                                                            would,
                                                            people(plan),
                                                            it,
                                                            plan.waitsFor()),
                                            changes,
                                            "# or cancel it: assent reject " + plan.id()))
                            .orElseGet(() ->
                                    fact(
                                            Code.PLAN_APPROVED,
                                            would
                                                    + "is approved by "
                                                    + people(plan)
                                                    + " and waits to be started",
                                            changes,
                                            apply));
            case APPLYING ->
                    fact(
                            Code.PLAN_APPLYING,
                            "plan %s is being applied; it is to %s"
                                    .formatted(plan.id(), titles(changes)),
                            changes,
                            "assent follow " + plan.id());
            case NEEDS_DECISION ->
                    fact(
                            Code.PLAN_NEEDS_DECISION,
                            would + "stands still" + plan.reason().map(it -> ": " + it).orElse(""),
                            changes,
                            "assent resolve " + plan.id());
            case FAILED ->
                    fact(
                            Code.PLAN_FAILED,
                            would + "failed" + plan.reason().map(it -> ": " + it).orElse(""),
                            changes,
                            show,
                            "# mend the cause; what is done stays done",
                            apply);
            case APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    throw new IllegalArgumentException(plan.id() + " is over");
        };
    }

    private Fact heldBack(StoredPlan plan, List<PlannedChange> changes) {
        return fact(
                Code.HELD_BACK,
                "%s held back what plan %s would %s; it is proposed again when that plan has ended"
                        .formatted(people(plan), plan.id(), titles(changes)),
                changes,
                "assent show " + plan.id());
    }

    /// What is wanted and in no plan that is open: what became of the last one that held it?
    private void unplanned(List<Fact> facts) {
        var planned =
                situation.open().stream()
                        .flatMap(it -> it.stored().plan().changes().stream())
                        .map(PlannedChange::change)
                        .collect(Collectors.toSet());
        var missing =
                situation.wanted().stream()
                        .flatMap(it -> ofAsked(it.changes()).stream())
                        .filter(it -> !planned.contains(it.change()))
                        .toList();
        var never = new ArrayList<PlannedChange>();
        missing.stream()
                .collect(Collectors.groupingBy(it -> lastOf(it.change())))
                .forEach((plan, changes) ->
                        plan.flatMap(it -> over(it, changes))
                                .ifPresentOrElse(facts::add, () -> never.addAll(changes)));
        if (!never.isEmpty()) facts.add(notPlanned(never));
    }

    private Optional<StoredPlan> lastOf(Change change) {
        return situation.plans().stream()
                .map(Course::stored)
                .filter(it -> it.plan().changes().stream().anyMatch(c -> c.change().equals(change)))
                .findFirst();
    }

    private Optional<Fact> over(StoredPlan plan, List<PlannedChange> changes) {
        var would = "plan %s, which would %s, ".formatted(plan.id(), titles(changes));
        var reason = plan.reason();
        return switch (plan.state()) {
            case REJECTED ->
                    Optional.of(
                            fact(
                                    Code.PLAN_REJECTED,
                                    would + "was " + reason.orElse("rejected"),
                                    changes,
                                    "assent show " + plan.id(),
                                    again()));
            case EXPIRED ->
                    Optional.of(
                            fact(
                                    Code.PLAN_EXPIRED,
                                    would + "expired" + reason.map(it -> ": " + it).orElse(""),
                                    changes,
                                    "assent show " + plan.id(),
                                    again()));
            case SUPERSEDED ->
                    Optional.of(
                            fact(
                                    Code.PLAN_SUPERSEDED,
                                    would
                                            + "was superseded"
                                            + plan.supersededBy()
                                                    .map(it -> " by " + it.id())
                                                    .orElse("")
                                            + reason.map(it -> ": " + it).orElse(""),
                                    changes,
                                    "assent show "
                                            + plan.supersededBy()
                                                    .map(it -> it.id())
                                                    .orElse(plan.id()),
                                    "assent plans " + situation.application()));
            case APPLIED, PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> Optional.empty();
        };
    }

    private String again() {
        return "assent replan " + situation.application();
    }

    private Fact notPlanned(List<PlannedChange> changes) {
        var busy =
                situation.open().stream()
                        .map(Course::stored)
                        .filter(it ->
                                switch (it.state()) {
                                    case APPLYING, NEEDS_DECISION -> true;
                                    case PROPOSED,
                                            APPROVED,
                                            FAILED,
                                            APPLIED,
                                            REJECTED,
                                            SUPERSEDED,
                                            EXPIRED ->
                                            false;
                                })
                        .findFirst();
        return busy.map(it ->
                        fact(
                                Code.NOT_PLANNED,
                                "nothing is planned while %s is being applied; after that, to %s is"
                                                .formatted(it.id(), titles(changes))
                                        + " proposed",
                                changes,
                                "assent follow " + it.id()))
                .orElseGet(() ->
                        fact(
                                Code.NOT_PLANNED,
                                "no plan that is open would " + titles(changes),
                                changes,
                                "assent plans " + situation.application()));
    }

    private static Fact fact(
            Code code, String message, List<PlannedChange> changes, String... steps) {
        return Fact.of(code, message, steps)
                .about(
                        changes.stream()
                                .map(it -> it.change().group())
                                .distinct()
                                .sorted()
                                .toList());
    }

    private static String titles(List<PlannedChange> changes) {
        var some = changes.stream().limit(FEW).map(it -> ChangeTitle.of(it.change()));
        var rest = changes.size() - FEW;
        return Stream.concat(some, rest > 0 ? Stream.of(rest + " more") : Stream.empty())
                .collect(Collectors.joining(", "));
    }

    private static String people(StoredPlan plan) {
        return plan.assents().stream()
                .map(Assent::who)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /// What a yes must name group by group.
    private static String destroys(StoredPlan plan) {
        return plan.plan().changes().stream()
                .map(PlannedChange::change)
                .filter(it -> it.severity() == Severity.DESTRUCTIVE)
                .map(it -> " --destroy " + it.group())
                .distinct()
                .collect(Collectors.joining());
    }
}
