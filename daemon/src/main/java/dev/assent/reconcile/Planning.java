package dev.assent.reconcile;

import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Answer;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.plan.RequestPlanner;
import dev.assent.state.Asked;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

/// Gathers all that the planner works out a plan from, and asks it.
final class Planning {

    private final Store store;
    private final ApplicationSettings settings;

    Planning(Store store, ApplicationSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /// The plan of what a manifest declares. From now on the groups that it declares can be gone
    /// from it.
    Plan plan(Desired desired, String commit) {
        var recorded = remembering(desired);
        return Planner.plan(
                desired,
                recorded,
                neighbours(desired, recorded),
                settings.catalogue(desired.application()),
                Optional.of(commit));
    }

    /// The plan of what a manifest would declare, were it pushed. Nothing is remembered of it.
    Plan trial(Desired desired, String commit) {
        var recorded = store.records().of(desired.application());
        return Planner.plan(
                desired,
                recorded,
                neighbours(desired, recorded),
                settings.catalogue(desired.application()),
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
    Answer plan(Asked asked, Desired desired) {
        var application = desired.application();
        var recorded = store.records().of(application);
        var sources = new ArrayList<>(Surroundings.sources(desired));
        asked.request().source().ifPresent(sources::add);
        return RequestPlanner.plan(
                asked.request(),
                desired,
                recorded,
                Surroundings.of(store, settings).of(recorded, sources),
                settings.catalogue(application),
                asked.who());
    }

    private Neighbours neighbours(Desired desired, Recorded recorded) {
        return Surroundings.of(store, settings).of(recorded, Surroundings.sources(desired));
    }
}
