package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Answer;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.plan.RequestPlanner;
import dev.assent.state.Asked;
import dev.assent.state.ManifestState;
import dev.assent.state.Provenance;
import dev.assent.state.Store;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Gathers all that the planner works out a plan from, and asks it.
final class Planning {

    private final Store store;
    private final ApplicationSettings settings;
    private final Declarations declarations;

    Planning(Store store, ApplicationSettings settings, Declarations declarations) {
        this.store = store;
        this.settings = settings;
        this.declarations = declarations;
    }

    /// The plan of what a manifest declares. From now on the groups that it declares can be gone
    /// from it.
    Plan plan(Desired desired, String commit) {
        var recorded = remembering(desired);
        return Planner.plan(
                desired,
                recorded,
                neighbours(desired, recorded),
                settings.provider(desired.application()).catalogue(),
                Optional.of(commit));
    }

    private Recorded remembering(Desired desired) {
        var records = store.records();
        var recorded = records.of(desired.application());
        var declared =
                desired.groups().stream()
                        .filter(it -> !it.external())
                        .map(Desired.DesiredGroup::name)
                        .collect(Collectors.toSet());
        var known = !recorded.has(it -> !it.standing().declared() && declared.contains(it.name()));
        if (known) return recorded;
        records.declared(desired.application(), declared);
        return records.of(desired.application());
    }

    /// What a request comes to, as things stand.
    Answer plan(ApplicationName application, Asked asked) {
        var manifest = store.manifests().get(application);
        var invalid =
                manifest.filter(it -> it.condition() == ManifestState.Condition.INVALID)
                        .map(ManifestState::provenance)
                        .map(Provenance::path);
        if (invalid.isPresent()) {
            return new Answer.Refused(
                    "%s has errors, so that nobody knows what it declares; mend it first: assent status %s"
                            .formatted(invalid.get(), application));
        }
        var desired = declarations.desired(application);
        if (desired.isEmpty() && declarations.last(application).isPresent()) {
            return new Answer.Refused(
                    "the manifest of %s cannot be read just now; see why: assent status %s"
                            .formatted(application, application));
        }
        var known = desired.orElseGet(() -> new Desired(application, "", List.of()));
        var recorded = store.records().of(application);
        return RequestPlanner.plan(
                asked.request(),
                known,
                recorded,
                neighbours(known, recorded),
                settings.provider(application).catalogue(),
                asked.who());
    }

    /// Whence a plan for an application is made.
    Provenance provenance(ApplicationName application) {
        return declarations
                .last(application)
                .map(ManifestState::provenance)
                .orElse(Provenance.NONE);
    }

    private Neighbours neighbours(Desired desired, Recorded recorded) {
        // Nobody follows what does not exist.
        var followers =
                recorded.groups().isEmpty()
                        ? List.<Recorded>of()
                        : store.records().followersOf(recorded.application());
        return Surroundings.of(recorded, Optional.of(desired), followers, store.records()::of);
    }
}
