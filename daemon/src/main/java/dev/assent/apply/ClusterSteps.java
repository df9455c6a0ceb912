package dev.assent.apply;

import dev.assent.model.GroupAddress;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.state.Approval;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.List;

/// The steps of the changes by which servers that exist come to stand otherwise to one another: who
/// is primary, who follows whom, by which passwords.
///
/// What is recorded in the middle of a change is recorded as soon as it is so: from a promotion on,
/// the record must name the server that takes the writes, whatever becomes of the others.
final class ClusterSteps {

    private final Approval approval;
    private final Store store;
    private final Provider provider;
    private final Orders orders;

    ClusterSteps(Approval approval, Store store, Provider provider, Orders orders) {
        this.approval = approval;
        this.store = store;
        this.provider = provider;
        this.orders = orders;
    }

    List<Step> promote(PromoteServer promote) {
        var group = orders.address(promote.group());
        var heir = orders.key(promote.group(), promote.server());
        var old = orders.key(promote.group(), promote.from());
        var steps = new ArrayList<Step>();
        steps.add(
                promote.forsaken()
                        ? step(
                                "give up server " + promote.from(),
                                progress -> provider.forsake(old, progress))
                        : step(
                                "fence server %s until %s has all of it"
                                        .formatted(promote.from(), promote.server()),
                                progress ->
                                        provider.fence(old, heir, credentials(group), progress)));
        steps.add(
                step(
                        "promote server " + promote.server(),
                        progress -> provider.promote(heir, credentials(group), progress)));
        steps.add(
                new Step(
                        "record that server " + promote.server() + " is primary",
                        (id, _) -> {
                            store.records().changed(approval, id, "server.promoted", promote);
                            return "recorded";
                        }));
        for (var server : orders.existing(promote.group()).servers()) {
            if (server.name().equals(promote.server()) || server.name().equals(promote.from())) {
                continue;
            }
            steps.add(follow(group, server.name(), promote.server()));
        }
        steps.add(
                promote.forsaken()
                        ? step(
                                "copy %s to %s again".formatted(promote.server(), promote.from()),
                                progress -> {
                                    var order =
                                            orders.following(
                                                    group, server(group, promote.from()), heir);
                                    provider.rebuild(order, progress);
                                })
                        : follow(group, promote.from(), promote.server()));
        if (!orders.directFollowers(group).isEmpty()) {
            steps.add(
                    step(
                            "have those that follow %s follow server %s"
                                    .formatted(promote.group(), promote.server()),
                            progress -> {
                                for (var follower : orders.directFollowers(group)) {
                                    var server = orders.existing(follower).primaryServer();
                                    provider.follow(
                                            orders.following(follower, server, heir), progress);
                                }
                            }));
        }
        return steps;
    }

    private Step follow(GroupAddress group, ServerName server, ServerName primary) {
        return step(
                "have server %s follow %s".formatted(server, primary),
                progress ->
                        provider.follow(
                                orders.following(
                                        group, server(group, server), Orders.key(group, primary)),
                                progress));
    }

    List<Step> resync(ResyncServer resync) {
        var group = orders.address(resync.group());
        return List.of(
                step(
                        "copy the data of server %s again".formatted(resync.server()),
                        progress -> {
                            var recorded = orders.existing(group);
                            var server = server(group, resync.server());
                            var source =
                                    recorded.primaryServer().equals(server)
                                            ? recorded.standing()
                                                    .replicatesFrom()
                                                    .map(orders::primaryServer)
                                                    .orElseThrow(() ->
                                                            new IllegalStateException(
                                                                    server.name()
                                                                            + " follows nobody"))
                                            : Orders.key(group, recorded.primaryServer().name());
                            if (!resync.diverged()) refuseDiverged(group, resync.server());
                            provider.rebuild(orders.following(group, server, source), progress);
                        }),
                new Step(
                        "record that server " + resync.server() + " is copied",
                        (id, _) -> {
                            store.records().changed(approval, id, "server.resynced", resync);
                            return "recorded";
                        }));
    }

    /// A replica that takes writes holds what nobody else has, and nobody said yes to losing that.
    private void refuseDiverged(GroupAddress group, ServerName server) {
        var answer = provider.health(Orders.key(group, server), credentials(group)).answer();
        if (answer.filter(it -> !it.replica()).isEmpty()) return;
        throw new ProviderException(
                "%s takes writes of its own, which would be lost; a plan that says so is proposed once that is found: assent plans"
                        .formatted(server));
    }

    /// Whoever follows the group has a copy of what it held before, and gets one of what it holds
    /// then.
    List<Step> start(StartReplication start) {
        var group = orders.address(start.group());
        var steps = new ArrayList<Step>();
        steps.add(
                step(
                        "have %s follow %s".formatted(start.group(), start.source()),
                        progress -> {
                            refuseForbidden(start);
                            var server = orders.existing(group).primaryServer();
                            var source = orders.primaryServer(start.source());
                            provider.rebuild(orders.following(group, server, source), progress);
                        }));
        steps.add(
                new Step(
                        "record that %s follows %s".formatted(start.group(), start.source()),
                        (id, _) -> {
                            // Somebody else's plan may have changed the other side meanwhile.
                            refuseForbidden(start);
                            store.records().replicationStarted(approval, id, start);
                            return "recorded";
                        }));
        if (!orders.directFollowers(group).isEmpty()) {
            steps.add(
                    step(
                            "copy it to those that follow " + start.group(),
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
                                step(
                                        "have %s follow nobody".formatted(stop.group()),
                                        progress ->
                                                provider.promote(
                                                        orders.primaryServer(group),
                                                        credentials(group),
                                                        progress)),
                                step(
                                        "tell it new passwords",
                                        progress -> rekey(group, false, progress)),
                                new Step(
                                        "record that %s goes on by itself".formatted(stop.group()),
                                        (id, _) -> {
                                            store.records().replicationStopped(approval, id, stop);
                                            return "recorded";
                                        })));
        steps.addAll(rekeyFollowers(group));
        return steps;
    }

    List<Step> rotate(RotateCredentials rotate) {
        var group = orders.address(rotate.group());
        var steps =
                new ArrayList<>(
                        List.of(
                                step(
                                        "tell server %s the new passwords"
                                                .formatted(
                                                        orders.existing(group)
                                                                .primaryServer()
                                                                .name()),
                                        progress -> rekey(group, rotate.application(), progress)),
                                new Step(
                                        "record the new passwords of " + rotate.group(),
                                        (id, _) -> {
                                            store.records().rotated(approval, id, rotate);
                                            return "recorded";
                                        })));
        steps.addAll(rekeyFollowers(group));
        return steps;
    }

    private void rekey(GroupAddress group, boolean application, Progress progress) {
        var now = credentials(group);
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
        return step(
                "tell those that follow it the new passwords",
                progress -> {
                    var from = store.credentials().previous(group.application(), group.group());
                    var to = credentials(group);
                    for (var replica : orders.existing(group).servers().stream().skip(1).toList()) {
                        provider.rekey(Orders.key(group, replica.name()), from, to, progress);
                    }
                    for (var follower : orders.followers(group)) {
                        provider.rekey(orders.primaryServer(follower), from, to, progress);
                    }
                });
    }

    List<Step> repair(RepairServer repair) {
        var group = orders.address(repair.group());
        var key = orders.key(repair.group(), repair.server());
        return List.of(
                step(
                        ChangeTitle.of(repair),
                        progress -> {
                            switch (repair.repair()) {
                                case START -> provider.start(key, credentials(group));
                                case CONFIGURE ->
                                        provider.configure(key, credentials(group), progress);
                            }
                        }),
                new Step(
                        "record that server " + repair.server() + " is mended",
                        (id, _) -> {
                            store.records().changed(approval, id, "server.repaired", repair);
                            return "recorded";
                        }));
    }

    private GroupCredentials credentials(GroupAddress group) {
        return store.credentials().get(group.application(), group.group()).orElseThrow();
    }

    private RecordedServer server(GroupAddress group, ServerName name) {
        return orders.existing(group)
                .server(name)
                .orElseThrow(() ->
                        new IllegalStateException(name + " is not in the record of " + group));
    }

    private interface Deed {
        void go(Progress progress);
    }

    private static Step step(String what, Deed deed) {
        return new Step(
                what,
                (_, progress) -> {
                    deed.go(progress);
                    return "done";
                });
    }
}
