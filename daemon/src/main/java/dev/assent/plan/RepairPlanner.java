package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Finding.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Works out the plan that mends what was found. The same record and findings always give the same
/// plan, so that what was reviewed is proposed once.
///
/// Where two servers of a group may both hold what the other one lacks, nothing is planned: which
/// data counts is for people to say.
public final class RepairPlanner {

    private final Recorded recorded;
    private final Draft draft = new Draft();
    private final Map<Subject, String> advice = new HashMap<>();

    private RepairPlanner(Recorded recorded) {
        this.recorded = recorded;
    }

    /// The plan, and what to do about the rest. Findings of what is no longer recorded, or plays
    /// another role by now, count for nothing.
    public static Repairs of(Recorded recorded, List<Finding> findings) {
        var planner = new RepairPlanner(recorded);
        for (var group : recorded.groups()) {
            var found = findings.stream().filter(it -> isStillSo(it, group)).toList();
            if (!found.isEmpty()) planner.repair(group, found);
        }
        // What is mended reaches no other group, and nothing new is built.
        var scene =
                new Scene(
                        new Desired(recorded.application(), "", List.of()),
                        recorded,
                        Neighbours.NONE,
                        Catalogue.NOTHING);
        return new Repairs(planner.draft.plan(scene, 0), planner.advice);
    }

    private static boolean isStillSo(Finding finding, RecordedGroup group) {
        if (!finding.group().equals(group.name())) return false;
        var server = group.server(finding.server());
        if (server.isEmpty()) return false;
        var follows =
                group.standing().replicatesFrom().isPresent()
                        || !server.get().equals(group.primaryServer());
        return switch (finding.kind()) {
            case DEMOTED -> !follows;
            case WRITABLE, WRONG_SOURCE, NOT_FOLLOWING -> follows;
            case MISSING, STOPPED, UNREACHABLE, FENCED, WRONG_VERSION, EDITED -> true;
        };
    }

    private void repair(RecordedGroup group, List<Finding> found) {
        if (group.origin() == Origin.ADOPTED) {
            new VersionRepair(group, found, draft, advice).plan();
            new AdoptedAdvice(found, advice).give();
            return;
        }
        new VersionRepair(group, found, draft, advice).plan();
        new GroupRepair(recorded.application(), group, found, draft, advice).plan();
    }
}
