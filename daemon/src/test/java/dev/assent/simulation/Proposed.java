package dev.assent.simulation;

import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A plan, as the model sees it.
final class Proposed {

    enum State {
        PROPOSED,
        APPROVED,
        APPLYING,
        FAILED,
        STANDING,
        OVER
    }

    /// A yes that was counted, and the changes that it is to.
    record Counted(String who, Set<String> changes) {}

    final Plan plan;
    State state = State.PROPOSED;
    boolean wasApproved;
    List<Counted> counted = new ArrayList<>();
    final List<PlannedChange> done = new ArrayList<>();

    Proposed(Plan plan) {
        this.plan = plan;
    }

    /// What is to be done by the last yes.
    List<PlannedChange> covered() {
        if (counted.isEmpty()) return List.of();
        var last = counted.getLast().changes();
        return plan.changes().stream().filter(it -> last.contains(it.id())).toList();
    }

    boolean enough(Rules rules) {
        return !counted.isEmpty() && covered().stream().allMatch(it -> enough(rules, it.id()));
    }

    private boolean enough(Rules rules, String change) {
        var yes = counted.stream().filter(it -> it.changes().contains(change));
        var voters = yes.map(Counted::who).filter(rules.voters()::contains).distinct();
        return voters.count() >= rules.needed();
    }
}
