package dev.assent.apply;

import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.provider.Health;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Work;
import dev.assent.state.Approval;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The steps of the changes to the servers of one group that exist: which is primary, which is
/// copied anew, which is mended.
///
/// What is recorded in the middle of a change is recorded as soon as it is so: from a promotion on,
/// the record must name the server that takes the writes, whatever becomes of the others.
record ClusterSteps(Approval approval, Store store, Provider provider, Orders orders) {

    List<Step> promote(PromoteServer promote) {
        var group = orders.address(promote.group());
        var heir = orders.key(promote.group(), promote.server());
        var old = orders.key(promote.group(), promote.from());
        var steps = new ArrayList<Step>();
        steps.add(
                promote.forsaken()
                        ? Step.doing(
                                "give up server " + promote.from(),
                                altered(old),
                                progress -> provider.forsake(old, progress))
                        : Step.doing(
                                "fence server %s until %s has all of it"
                                        .formatted(promote.from(), promote.server()),
                                altered(old),
                                progress ->
                                        provider.fence(
                                                old, heir, orders.credentials(group), progress)));
        steps.add(
                Step.doing(
                        "promote server " + promote.server(),
                        altered(heir),
                        progress -> provider.promote(heir, orders.credentials(group), progress)));
        steps.add(
                // From the fence to here nobody takes writes, or nobody knows who does.
                Step.recording(
                                "record that server " + promote.server() + " is primary",
                                id ->
                                        store.records()
                                                .changed(approval, id, "server.promoted", promote))
                        .andSafe());
        for (var server : orders.existing(promote.group()).servers()) {
            if (server.name().equals(promote.server()) || server.name().equals(promote.from())) {
                continue;
            }
            steps.add(follow(group, server.name(), promote.server()));
        }
        steps.add(
                promote.forsaken()
                        ? Step.doing(
                                "copy %s to %s again".formatted(promote.server(), promote.from()),
                                altered(old),
                                progress -> {
                                    var order =
                                            orders.following(
                                                    group, server(group, promote.from()), heir);
                                    provider.rebuild(order, progress);
                                })
                        : follow(group, promote.from(), promote.server()));
        if (!orders.directFollowers(group).isEmpty()) {
            steps.add(
                    Step.doing(
                            "have those that follow %s follow server %s"
                                    .formatted(promote.group(), promote.server()),
                            () ->
                                    orders.directFollowers(group).stream()
                                            .<Work>map(
                                                    it -> new Work.Alter(orders.primaryServer(it)))
                                            .toList(),
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
        return Step.doing(
                        "have server %s follow %s".formatted(server, primary),
                        altered(Orders.key(group, server)),
                        progress ->
                                provider.follow(
                                        orders.following(
                                                group,
                                                server(group, server),
                                                Orders.key(group, primary)),
                                        progress))
                .andSafe();
    }

    private static Supplier<List<Work>> altered(ServerKey server) {
        return () -> List.of(new Work.Alter(server));
    }

    List<Step> resync(ResyncServer resync) {
        var group = orders.address(resync.group());
        return List.of(
                Step.doing(
                        "copy the data of server %s again".formatted(resync.server()),
                        altered(Orders.key(group, resync.server())),
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
                Step.recording(
                        "record that server " + resync.server() + " is copied",
                        id -> store.records().changed(approval, id, "server.resynced", resync)));
    }

    /// A replica that takes writes holds what nobody else has, and nobody said yes to losing that.
    private void refuseDiverged(GroupAddress group, ServerName server) {
        var answer = health(group, server).answer();
        if (answer.filter(it -> !it.replica()).isEmpty()) return;
        throw new ProviderException(
                "%s takes writes of its own, which would be lost; a plan that says so is proposed once that is found: assent plans"
                        .formatted(server));
    }

    List<Step> repair(RepairServer repair) {
        var group = orders.address(repair.group());
        var key = orders.key(repair.group(), repair.server());
        return List.of(
                Step.doing(
                        ChangeTitle.of(repair),
                        altered(key),
                        progress -> {
                            switch (repair.repair()) {
                                case START -> provider.start(key, orders.credentials(group));
                                case CONFIGURE -> {
                                    refuseRivals(group, repair.server());
                                    provider.configure(key, orders.credentials(group), progress);
                                }
                            }
                        }),
                Step.recording(
                        "record that server " + repair.server() + " is mended",
                        id -> store.records().changed(approval, id, "server.repaired", repair)));
    }

    /// A fenced server that is configured takes writes again, which another one may have come to do
    /// since that was planned.
    private void refuseRivals(GroupAddress group, ServerName fenced) {
        if (health(group, fenced).state() != Health.State.FENCED) return;
        for (var other : orders.existing(group).servers()) {
            if (other.name().equals(fenced)) continue;
            if (health(group, other.name()).answer().filter(it -> !it.replica()).isEmpty())
                continue;
            throw new ProviderException(
                    "%s takes writes by now, and %s is held back for that; what mends it is planned anew: assent plans"
                            .formatted(other.name(), fenced));
        }
    }

    private Health health(GroupAddress group, ServerName server) {
        return provider.health(Orders.key(group, server), orders.credentials(group));
    }

    private RecordedServer server(GroupAddress group, ServerName name) {
        return orders.existing(group)
                .server(name)
                .orElseThrow(() ->
                        new IllegalStateException(name + " is not in the record of " + group));
    }
}
