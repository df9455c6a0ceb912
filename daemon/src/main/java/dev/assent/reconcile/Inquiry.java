package dev.assent.reconcile;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Planner;
import dev.assent.reconcile.account.Blame;
import dev.assent.reconcile.account.Course;
import dev.assent.reconcile.account.Diagnosis;
import dev.assent.reconcile.account.Situation;
import dev.assent.reconcile.account.Why;
import dev.assent.state.ManifestState;
import dev.assent.state.OpenFinding;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Answers questions about what is there and what is not. It fetches what the answers are worked
/// out from, and writes nothing.
public final class Inquiry {

    /// Far more than anybody looks back to.
    private static final int PLANS = 200;

    private final Store store;
    private final Declarations declarations;
    private final ManifestReader manifests;
    private final ApplicationSettings settings;

    public Inquiry(
            Store store,
            Declarations declarations,
            ManifestReader manifests,
            ApplicationSettings settings) {
        this.store = store;
        this.declarations = declarations;
        this.manifests = manifests;
        this.settings = settings;
    }

    /// Why a group, or each of an application, is not as it is declared.
    public Why why(ApplicationName application, Optional<GroupName> group) {
        var manifest = store.manifests().get(application);
        var recorded = store.records().of(application);
        var desired = declarations.desired(application);
        return Why.of(
                new Situation(
                        application,
                        declarations.looks(),
                        manifest,
                        desired,
                        recorded,
                        surroundings(recorded, desired),
                        settings.catalogue(application),
                        store.plans().list(Optional.of(application), PLANS).stream()
                                .map(this::lately)
                                .toList(),
                        diagnoses(recorded, store.findings().of(application)),
                        manifest.isPresent() ? new TreeSet<>() : known()),
                group);
    }

    /// What of all servers is not as it is recorded, and what can be done about it.
    public List<Diagnosis> diagnoses() {
        var open = new LinkedHashMap<ApplicationName, List<OpenFinding>>();
        store.findings()
                .all()
                .forEach(it ->
                        open.computeIfAbsent(it.application(), _ -> new ArrayList<>()).add(it));
        return open.entrySet().stream()
                .flatMap(it -> diagnoses(store.records().of(it.getKey()), it.getValue()).stream())
                .toList();
    }

    private List<Diagnosis> diagnoses(Recorded recorded, List<OpenFinding> open) {
        return Diagnosis.of(recorded, open, store.plans()::readable);
    }

    private SortedSet<ApplicationName> known() {
        var known = new TreeSet<ApplicationName>();
        store.manifests().all().stream().map(ManifestState::application).forEach(known::add);
        store.records().all().stream().map(Recorded::application).forEach(known::add);
        return known;
    }

    /// Who made a group what it is; empty where there is none.
    public Optional<Blame> blame(GroupAddress group) {
        return Blame.of(
                store.records().of(group.application()),
                group.group(),
                store.plans().thatChangedRecord(group.application()).stream()
                        .map(this::course)
                        .toList());
    }

    /// How far a plan came that is over is of no interest here.
    private Course lately(StoredPlan plan) {
        return switch (plan.state()) {
            case APPLYING, NEEDS_DECISION, FAILED -> course(plan);
            case PROPOSED, APPROVED, APPLIED, REJECTED, SUPERSEDED, EXPIRED ->
                    Course.of(plan, List.of());
        };
    }

    private Course course(StoredPlan plan) {
        return Course.of(plan, store.journal().entries(plan.digest(), 0));
    }

    /// The groups of other applications that replication connects with what is recorded of one.
    public Neighbours neighbours(Recorded recorded) {
        return surroundings(recorded, Optional.empty());
    }

    private Neighbours surroundings(Recorded recorded, Optional<Desired> desired) {
        return Surroundings.of(store, settings)
                .of(recorded, desired.map(Surroundings::sources).orElse(List.of()));
    }

    /// Plans a manifest against the record as it is now, without storing anything.
    ///
    /// @param path what messages call the manifest
    public Trial plan(ApplicationName application, String path, byte[] manifest) {
        return switch (manifests.read(path, manifest, List.of(application.environment()))) {
            case Reading.Valid valid -> plan(valid.manifest().desired(application));
            case Reading.Invalid(var problems) -> new Trial.Invalid(problems);
        };
    }

    private Trial plan(Desired desired) {
        var recorded = store.records().of(desired.application());
        return new Trial.Planned(
                Planner.plan(
                        desired,
                        recorded,
                        surroundings(recorded, Optional.of(desired)),
                        settings.catalogue(desired.application()),
                        Optional.empty()));
    }
}
