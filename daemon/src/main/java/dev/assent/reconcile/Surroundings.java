package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Neighbours;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Function;

/// The groups of other applications that replication connects with one application: those that it
/// follows or is to follow, those that these follow in turn, and those that follow it.
final class Surroundings {

    private Surroundings() {}

    /// @param followers the records in which some group follows one of this application
    /// @param records the record of any application
    static Neighbours of(
            Recorded here,
            Optional<Desired> desired,
            Collection<Recorded> followers,
            Function<ApplicationName, Recorded> records) {
        var next = new ArrayDeque<GroupAddress>();
        here.groups().forEach(it -> it.standing().replicatesFrom().ifPresent(next::add));
        desired.ifPresent(it -> sources(it, here.application(), next));
        for (var recorded : followers) {
            recorded.groups().stream()
                    .filter(it -> follows(it, here.application()))
                    .forEach(it -> next.add(new GroupAddress(recorded.application(), it.name())));
        }
        var known = new HashMap<ApplicationName, Recorded>();
        var near = new HashMap<GroupAddress, RecordedGroup>();
        while (!next.isEmpty()) {
            var address = next.remove();
            if (address.application().equals(here.application())) continue;
            var group =
                    known.computeIfAbsent(address.application(), records).group(address.group());
            if (group.isEmpty() || near.putIfAbsent(address, group.get()) != null) continue;
            group.get().standing().replicatesFrom().ifPresent(next::add);
        }
        return new Neighbours(near);
    }

    private static void sources(
            Desired desired, ApplicationName here, Collection<GroupAddress> sources) {
        desired.groups().stream()
                .flatMap(it -> it.replication().stream())
                .flatMap(it -> it.source().stream())
                .forEach(it -> sources.add(it.from(here)));
    }

    private static boolean follows(RecordedGroup group, ApplicationName application) {
        return group.standing()
                .replicatesFrom()
                .filter(it -> it.application().equals(application))
                .isPresent();
    }
}
