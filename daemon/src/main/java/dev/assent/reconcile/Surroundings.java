package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Neighbours;
import dev.assent.state.Store;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The groups of other applications that replication connects with one application: those that it
/// follows or is to follow and those that these follow in turn, and those that follow it and that
/// follow these in turn.
///
/// @param records the record of any application
/// @param followers the records in which some group follows one of an application
/// @param providers the name of what builds an application's servers
record Surroundings(
        Function<ApplicationName, Recorded> records,
        Function<ApplicationName, List<Recorded>> followers,
        Function<ApplicationName, String> providers) {

    static Surroundings of(Store store, ApplicationSettings settings) {
        return new Surroundings(
                store.records()::of, store.records()::followersOf, settings::providerName);
    }

    /// The groups that a manifest wants groups of its application to follow.
    static List<GroupAddress> sources(Desired desired) {
        return desired.groups().stream()
                .flatMap(it -> it.replication().stream())
                .flatMap(it -> it.source().stream())
                .map(it -> it.from(desired.application()))
                .toList();
    }

    /// @param sources that groups of the application are to follow
    Neighbours of(Recorded here, Collection<GroupAddress> sources) {
        var known = new HashMap<ApplicationName, Recorded>();
        known.put(here.application(), here);
        var near = new HashMap<GroupAddress, RecordedGroup>();
        upstream(here, sources, known, near);
        // Nobody follows what does not exist.
        if (!here.groups().isEmpty()) downstream(here, known, near);
        var own = providers.apply(here.application());
        var others = new HashMap<ApplicationName, String>();
        near.keySet().forEach(it -> others.computeIfAbsent(it.application(), providers));
        others.values().removeIf(own::equals);
        return new Neighbours(near, others);
    }

    private void upstream(
            Recorded here,
            Collection<GroupAddress> sources,
            Map<ApplicationName, Recorded> known,
            Map<GroupAddress, RecordedGroup> near) {
        var next = new ArrayDeque<>(sources);
        here.groups().forEach(it -> it.standing().replicatesFrom().ifPresent(next::add));
        while (!next.isEmpty()) {
            var address = next.remove();
            if (address.application().equals(here.application())) continue;
            var group =
                    known.computeIfAbsent(address.application(), records).group(address.group());
            if (group.isEmpty() || near.putIfAbsent(address, group.get()) != null) continue;
            group.get().standing().replicatesFrom().ifPresent(next::add);
        }
    }

    private void downstream(
            Recorded here,
            Map<ApplicationName, Recorded> known,
            Map<GroupAddress, RecordedGroup> near) {
        var asked = new HashMap<ApplicationName, List<Recorded>>();
        var next = new ArrayDeque<GroupAddress>();
        here.groups().forEach(it -> next.add(new GroupAddress(here.application(), it.name())));
        while (!next.isEmpty()) {
            var source = next.remove();
            for (var recorded : asked.computeIfAbsent(source.application(), followers)) {
                known.putIfAbsent(recorded.application(), recorded);
                if (recorded.application().equals(here.application())) continue;
                recorded.groups().stream()
                        .filter(it -> it.standing().replicatesFrom().equals(Optional.of(source)))
                        .forEach(it -> {
                            var address = new GroupAddress(recorded.application(), it.name());
                            if (near.put(address, it) == null) next.add(address);
                        });
            }
        }
    }
}
