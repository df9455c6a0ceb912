package dev.assent.apply;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Forbidden;
import dev.assent.plan.Neighbours;
import dev.assent.plan.ReplicationRules;
import dev.assent.provider.BuildOrder;
import dev.assent.state.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/// What is recorded of the groups that a plan is about, and the orders that follow from it.
record Orders(ApplicationName application, Store store, Providers providers) {

    Optional<RecordedGroup> recorded(GroupName group) {
        return store.records().of(application).group(group);
    }

    /// A group that a plan found in the record.
    RecordedGroup existing(GroupName group) {
        return existing(address(group));
    }

    RecordedGroup existing(GroupAddress group) {
        return store.records()
                .of(group.application())
                .group(group.group())
                .orElseThrow(() -> new IllegalStateException(group + " is not in the record"));
    }

    GroupAddress address(GroupName group) {
        return new GroupAddress(application, group);
    }

    ServerKey key(GroupName group, ServerName server) {
        return key(address(group), server);
    }

    static ServerKey key(GroupAddress group, ServerName server) {
        return new ServerKey(group.application(), group.group(), server);
    }

    /// The server that whoever follows a group follows.
    ServerKey primaryServer(GroupAddress group) {
        return key(group, existing(group).primaryServer().name());
    }

    GroupCredentials credentials(GroupAddress group) {
        return store.credentials().get(group.application(), group.group()).orElseThrow();
    }

    /// The order of a server that is not recorded yet.
    BuildOrder order(
            GroupName group, Specification specification, ServerSpec server, ServerName primary) {
        // Stored before anything is built with them, so that no crash can lose a password.
        var credentials = store.credentials().getOrCreate(application, group);
        return new BuildOrder(
                key(group, server.name()),
                specification,
                server,
                credentials,
                server.name().equals(primary)
                        ? Optional.empty()
                        : Optional.of(key(group, primary)));
    }

    /// The order by which a recorded server follows another one.
    ///
    /// @param source a server of the same group, or of the one whose credentials it has
    BuildOrder following(GroupAddress group, RecordedServer server, ServerKey source) {
        return new BuildOrder(
                key(group, server.name()),
                existing(group).specification(),
                server.spec(),
                credentials(new GroupAddress(source.application(), source.group())),
                Optional.of(source),
                Optional.of(server.endpoint()));
    }

    /// The groups of all applications that follow one, and those that follow them: whom a group
    /// follows comes before it.
    SequencedCollection<GroupAddress> followers(GroupAddress group) {
        var found = new LinkedHashSet<GroupAddress>();
        var next = new ArrayDeque<>(List.of(group));
        while (!next.isEmpty()) {
            for (var each : directFollowers(next.remove())) {
                if (!each.equals(group) && found.add(each)) next.add(each);
            }
        }
        return found;
    }

    /// Why a group may not follow another one, as the record is now.
    Optional<Forbidden> forbidden(StartReplication start) {
        var group = address(start.group());
        return ReplicationRules.check(
                group,
                start.source(),
                store.records().of(application),
                neighbours(group, start.source()),
                providers.catalogue(application));
    }

    /// The groups of other applications that the replication of one can reach.
    private Neighbours neighbours(GroupAddress group, GroupAddress source) {
        var near = new HashMap<GroupAddress, RecordedGroup>();
        followers(group).forEach(it -> near.put(it, existing(it)));
        var next = Optional.of(source);
        while (next.isPresent() && !near.containsKey(next.get())) {
            var found = store.records().of(next.get().application()).group(next.get().group());
            if (found.isEmpty()) break;
            near.put(next.get(), found.get());
            next = found.get().standing().replicatesFrom();
        }
        near.keySet().removeIf(it -> it.application().equals(application));
        var builders = new HashMap<ApplicationName, String>();
        for (var each : near.keySet()) {
            builders.computeIfAbsent(each.application(), it -> providers.catalogue(it).provider());
        }
        return new Neighbours(near, builders);
    }

    /// The groups of all applications that follow one.
    List<GroupAddress> directFollowers(GroupAddress source) {
        var found = new ArrayList<GroupAddress>();
        for (var recorded : store.records().followersOf(source.application())) {
            recorded.groups().stream()
                    .filter(it -> it.standing().replicatesFrom().equals(Optional.of(source)))
                    .map(it -> new GroupAddress(recorded.application(), it.name()))
                    .forEach(found::add);
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }
}
