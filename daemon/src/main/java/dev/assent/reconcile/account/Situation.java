package dev.assent.reconcile.account;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.state.ManifestState;
import dev.assent.state.RepositoryState;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Everything that is known of an application at one moment.
///
/// @param repositories what the last look at each repository found
/// @param manifest how its newest manifest was read; empty where none ever named it
/// @param desired what that declares; empty where it can't be planned, or be read once more
/// @param plans its plans, newest first
/// @param findings what of its servers is not as it is recorded
/// @param known where no manifest is: all applications that one ever named or of which something
///   exists
public record Situation(
        ApplicationName application,
        List<RepositoryState> repositories,
        Optional<ManifestState> manifest,
        Optional<Desired> desired,
        Recorded recorded,
        Neighbours neighbours,
        Catalogue catalogue,
        List<Course> plans,
        List<Diagnosis> findings,
        SortedSet<ApplicationName> known) {

    public Situation {
        repositories = List.copyOf(repositories);
        plans = List.copyOf(plans);
        findings = List.copyOf(findings);
        known = new TreeSet<>(known);
    }

    /// What would have to change now for everything to be as it is declared; empty where that can't
    /// be known.
    Optional<Plan> wanted() {
        return desired.map(it ->
                Planner.plan(
                        it,
                        recorded,
                        neighbours,
                        catalogue,
                        manifest.map(known -> known.provenance().commit())));
    }

    Optional<DesiredGroup> declared(GroupName name) {
        return desired.stream()
                .flatMap(it -> it.groups().stream())
                .filter(it -> it.name().equals(name))
                .findFirst();
    }

    /// The plans that wait for somebody or are being applied.
    List<Course> open() {
        return plans.stream()
                .filter(it ->
                        switch (it.stored().state()) {
                            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> true;
                            case APPLIED, REJECTED, SUPERSEDED, EXPIRED -> false;
                        })
                .toList();
    }
}
