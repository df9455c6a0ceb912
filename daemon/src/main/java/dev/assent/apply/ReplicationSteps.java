package dev.assent.apply;

import dev.assent.model.GroupAddress;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Work;
import dev.assent.state.Approval;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// The steps of the changes between groups: who follows whom, and by which passwords.
record ReplicationSteps(Approval approval, Store store, Provider provider, Orders orders) {

    /// Whoever follows the group has a copy of what it held before, and gets one of what it holds
    /// then.
    List<Step> start(StartReplication start) {
        var group = orders.address(start.group());
        var steps = new ArrayList<Step>();
        steps.add(
                Step.doing(
                        "have %s follow %s".formatted(start.group(), start.source()),
                        altered(group),
                        progress -> {
                            refuseForbidden(start);
                            var server = orders.existing(group).primaryServer();
                            var source = orders.primaryServer(start.source());
                            provider.rebuild(orders.following(group, server, source), progress);
                        }));
        steps.add(
                Step.recording(
                        "record that %s follows %s".formatted(start.group(), start.source()),
                        id -> {
                            // Somebody else's plan may have changed the other side meanwhile.
                            refuseForbidden(start);
                            store.records().replicationStarted(approval, id, start);
                        }));
        if (!orders.directFollowers(group).isEmpty()) {
            steps.add(
                    Step.doing(
                            "copy it to those that follow " + start.group(),
                            () -> primaryServers(orders.followers(group)),
                            progress -> {
                                for (var follower : orders.followers(group)) {
                                    copyAgain(follower, progress);
                                }
                            }));
        }
        return steps;
    }

    private void refuseForbidden(StartReplication start) {
        var why = orders.forbidden(start);
        if (why.isPresent()) {
            throw new ProviderException(
                    "%s cannot follow %s any more: %s"
                            .formatted(start.group(), start.source(), why.get().sentence()));
        }
    }

    private void copyAgain(GroupAddress follower, Progress progress) {
        var recorded = orders.existing(follower);
        var source = orders.primaryServer(recorded.standing().replicatesFrom().orElseThrow());
        provider.rebuild(orders.following(follower, recorded.primaryServer(), source), progress);
    }

    /// The application's user and its password stay, since the application goes on with them; those
    /// that only Assent knows become the group's own.
    List<Step> stop(StopReplication stop) {
        var group = orders.address(stop.group());
        var steps =
                new ArrayList<>(
                        List.of(
                                Step.doing(
                                        "have %s follow nobody".formatted(stop.group()),
                                        altered(group),
                                        progress ->
                                                provider.promote(
                                                        orders.primaryServer(group),
                                                        orders.credentials(group),
                                                        progress)),
                                Step.doing(
                                        "tell it new passwords",
                                        altered(group),
                                        progress -> rekey(group, false, progress)),
                                Step.recording(
                                        "record that %s goes on by itself".formatted(stop.group()),
                                        id ->
                                                store.records()
                                                        .replicationStopped(approval, id, stop))));
        steps.addAll(rekeyFollowers(group));
        return steps;
    }

    List<Step> rotate(RotateCredentials rotate) {
        var group = orders.address(rotate.group());
        var steps =
                new ArrayList<>(
                        List.of(
                                Step.doing(
                                        "tell server %s the new passwords"
                                                .formatted(
                                                        orders.existing(group)
                                                                .primaryServer()
                                                                .name()),
                                        altered(group),
                                        progress -> rekey(group, rotate.application(), progress)),
                                Step.recording(
                                        "record the new passwords of " + rotate.group(),
                                        id -> store.records().rotated(approval, id, rotate))));
        steps.addAll(rekeyFollowers(group));
        return steps;
    }

    private Supplier<List<Work>> altered(GroupAddress group) {
        return () -> primaryServers(List.of(group));
    }

    private List<Work> primaryServers(Collection<GroupAddress> groups) {
        return groups.stream().<Work>map(it -> new Work.Alter(orders.primaryServer(it))).toList();
    }

    private void rekey(GroupAddress group, boolean application, Progress progress) {
        var now = orders.credentials(group);
        var next = store.credentials().next(group.application(), group.group(), application);
        provider.rekey(orders.primaryServer(group), now, next, progress);
    }

    /// Its replicas, and the groups that follow it; nothing where there are none.
    private List<Step> rekeyFollowers(GroupAddress group) {
        if (orders.existing(group).servers().size() == 1
                && orders.directFollowers(group).isEmpty()) {
            return List.of();
        }
        return List.of(tellFollowers(group));
    }

    private Step tellFollowers(GroupAddress group) {
        return Step.doing(
                "tell those that follow it the new passwords",
                () -> {
                    var works = new ArrayList<>(primaryServers(orders.followers(group)));
                    for (var replica : orders.existing(group).servers().stream().skip(1).toList()) {
                        works.add(new Work.Alter(Orders.key(group, replica.name())));
                    }
                    return works;
                },
                progress -> {
                    var from = store.credentials().previous(group.application(), group.group());
                    var to = orders.credentials(group);
                    for (var replica : orders.existing(group).servers().stream().skip(1).toList()) {
                        provider.rekey(Orders.key(group, replica.name()), from, to, progress);
                    }
                    for (var follower : orders.followers(group)) {
                        provider.rekey(orders.primaryServer(follower), from, to, progress);
                    }
                });
    }
}
