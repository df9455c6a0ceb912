package dev.assent.reconcile.account;

import dev.assent.model.Recorded;
import dev.assent.plan.Digest;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Subject;
import dev.assent.plan.Plan;
import dev.assent.plan.RepairPlanner;
import dev.assent.state.OpenFinding;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Something that is not as it is recorded, and what can be done about it.
///
/// @param plan the plan that would mend it and can still be decided on, started or resumed
/// @param next what can be done, in a sentence without its full stop
/// @param steps the same as commands to be copied, and in words behind a `#`
public record Diagnosis(OpenFinding found, Optional<Digest> plan, String next, List<String> steps) {

    public Diagnosis {
        steps = List.copyOf(steps);
    }

    /// What can be done about the findings of one application.
    ///
    /// @param plans gives what became of a plan
    public static List<Diagnosis> of(
            Recorded recorded,
            List<OpenFinding> open,
            Function<Digest, Optional<StoredPlan>> plans) {
        if (open.isEmpty()) return List.of();
        var findings = open.stream().map(OpenFinding::finding).toList();
        var repairs = RepairPlanner.of(recorded, findings);
        var plan = Optional.of(repairs.plan()).filter(it -> !it.isEmpty());
        var stored = plan.map(Plan::digest).flatMap(plans);
        return open.stream()
                .map(it ->
                        advised(it, repairs.advice())
                                .or(() -> stored.flatMap(known -> planned(it, known)))
                                .orElseGet(() -> notYet(it)))
                .toList();
    }

    private static Optional<Diagnosis> advised(OpenFinding it, Map<Subject, String> advice) {
        Finding finding = it.finding();
        return Optional.ofNullable(advice.get(finding.subject()))
                .map(text -> new Diagnosis(it, Optional.empty(), text, List.of("# " + text)));
    }

    private static Optional<Diagnosis> planned(OpenFinding it, StoredPlan plan) {
        var id = plan.id();
        var show = "assent show " + id;
        return switch (plan.state()) {
            case PROPOSED -> open(it, plan, "plan %s would mend it: %s".formatted(id, show), show);
            case APPROVED ->
                    open(it, plan, "plan %s would mend it, and is approved".formatted(id), show);
            case APPLYING ->
                    open(it, plan, "plan %s is being applied".formatted(id), "assent follow " + id);
            case NEEDS_DECISION ->
                    open(
                            it,
                            plan,
                            "plan %s stands still until somebody decides".formatted(id),
                            "assent resolve " + id);
            case FAILED ->
                    open(it, plan, "plan %s, which would mend it, failed".formatted(id), show);
            case REJECTED, EXPIRED -> {
                var again = "assent replan " + it.application();
                var what = plan.state() == PlanState.EXPIRED ? "has expired" : "was rejected";
                yield Optional.of(
                        new Diagnosis(
                                it,
                                Optional.empty(),
                                "plan %s, which would mend it, %s; to have it proposed again: %s"
                                        .formatted(id, what, again),
                                List.of(show, again)));
            }
            case APPLIED, SUPERSEDED -> Optional.empty();
        };
    }

    private static Optional<Diagnosis> open(
            OpenFinding it, StoredPlan plan, String next, String step) {
        return Optional.of(new Diagnosis(it, Optional.of(plan.digest()), next, List.of(step)));
    }

    private static Diagnosis notYet(OpenFinding it) {
        var what = "what would mend it is planned at the next look at the servers";
        return new Diagnosis(it, Optional.empty(), what, List.of("# " + what));
    }
}
