package dev.assent.apply;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.state.Approval;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.List;

/// The steps of each kind of change, for one approved plan. A step of each change writes it into
/// the record.
final class Steps {

    private final Approval approval;
    private final Store store;
    private final Provider provider;
    private final Orders orders;
    private final ClusterSteps cluster;
    private final ReplicationSteps replication;

    Steps(Approval approval, Store store, Providers providers) {
        this.approval = approval;
        this.store = store;
        this.provider = providers.of(approval.plan().application());
        this.orders = new Orders(approval.plan().application(), store, providers);
        this.cluster = new ClusterSteps(approval, store, provider, orders);
        this.replication = new ReplicationSteps(approval, store, provider, orders);
    }

    List<Step> of(Change change) {
        return switch (change) {
            case CreateGroup create -> create(create);
            case AddServer add -> add(add);
            case RemoveServer remove -> remove(remove);
            case RemoveGroup remove -> remove(remove);
            case ReleaseGroup release -> release(release);
            case AdoptGroup adopt -> adopt(adopt);
            case ChangeSetting _ -> write(change, "setting.changed");
            case SetBackups _ -> write(change, "backups.set");
            case SetProtection _ -> write(change, "protection.set");
            case SetPrimary _ -> write(change, "primary.set");
            case AcceptVersion _ -> write(change, "version.accepted");
            case StopReplication stop -> replication.stop(stop);
            case StartReplication start -> replication.start(start);
            case PromoteServer promote -> cluster.promote(promote);
            case ResyncServer resync -> cluster.resync(resync);
            case RotateCredentials rotate -> replication.rotate(rotate);
            case RepairServer repair -> cluster.repair(repair);
        };
    }

    /// Removes what a failed change had built. It is in no record: nobody would find it again if
    /// the plan were never resumed. A resume builds it anew.
    void undo(PlannedChange planned) {
        switch (planned.change()) {
            case CreateGroup create -> {
                if (orders.recorded(create.group()).isPresent()) return;
                var failures = new ArrayList<RuntimeException>();
                for (var number = create.servers().size(); number > 0; number--) {
                    var server = create.servers().get(number - 1).name();
                    try {
                        undo(planned.id() + "." + number, orders.key(create.group(), server));
                    } catch (ProviderException e) {
                        // One that cannot be removed keeps no other.
                        failures.add(e);
                    }
                }
                if (!failures.isEmpty()) throw failures.getFirst();
            }
            case AddServer add -> {
                var servers =
                        orders.recorded(add.group()).map(RecordedGroup::servers).orElse(List.of());
                if (servers.stream().anyMatch(it -> it.name().equals(add.server().name()))) return;
                undo(planned.id() + ".1", orders.key(add.group(), add.server().name()));
            }
            case AdoptGroup _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StopReplication _,
                    StartReplication _,
                    SetPrimary _,
                    PromoteServer _,
                    ResyncServer _,
                    RotateCredentials _,
                    RepairServer _,
                    AcceptVersion _,
                    RemoveServer _,
                    RemoveGroup _,
                    ReleaseGroup _ -> {}
        }
    }

    private void undo(String id, ServerKey server) {
        provider.remove(server, Progress.SILENT);
        if (store.journal().isDone(approval, id)) {
            store.journal()
                    .failed(
                            approval,
                            id,
                            "undone, since its change failed: removed " + server.server());
        }
    }

    private List<Step> create(CreateGroup create) {
        var steps = new ArrayList<Step>();
        for (var server : create.servers()) {
            var order =
                    orders.order(create.group(), create.specification(), server, primary(create));
            steps.add(build(order));
        }
        steps.add(
                Step.recording(
                        "record group " + create.group(),
                        id -> {
                            var servers =
                                    create.servers().stream()
                                            .map(it -> recorded(create, it))
                                            .toList();
                            store.records()
                                    .groupCreated(
                                            approval,
                                            id,
                                            new RecordedGroup(
                                                    create.group(),
                                                    create.specification(),
                                                    create.origin(),
                                                    Standing.fresh(
                                                            create.origin(), create.primary()),
                                                    servers));
                        }));
        return steps;
    }

    /// Asking for a server that is built gives where it listens: so the record is right even when
    /// the one who built it was killed before it could tell.
    private RecordedServer recorded(CreateGroup create, ServerSpec server) {
        var order = orders.order(create.group(), create.specification(), server, primary(create));
        return new RecordedServer(server, provider.build(order, Progress.SILENT));
    }

    private List<Step> add(AddServer add) {
        var group = orders.existing(add.group());
        var order =
                orders.order(
                        add.group(),
                        group.specification(),
                        add.server(),
                        group.primaryServer().name());
        return List.of(
                build(order),
                Step.recording(
                        "record server " + add.server().name(),
                        id -> {
                            Endpoint endpoint = provider.build(order, Progress.SILENT);
                            store.records()
                                    .serverAdded(
                                            approval,
                                            id,
                                            add.group(),
                                            new RecordedServer(add.server(), endpoint));
                        }));
    }

    private List<Step> remove(RemoveServer remove) {
        return List.of(
                remove(orders.key(remove.group(), remove.server())),
                Step.recording(
                        "record that server " + remove.server() + " is gone",
                        id ->
                                store.records()
                                        .serverRemoved(
                                                approval, id, remove.group(), remove.server())));
    }

    private List<Step> remove(RemoveGroup remove) {
        var steps = new ArrayList<Step>();
        var group = orders.address(remove.group());
        // Replicas first: a primary server without replicas stops without waiting for them.
        for (var server : remove.servers().reversed()) {
            var step = remove(orders.key(remove.group(), server));
            steps.add(
                    new Step(
                            step.what(),
                            (id, progress) -> {
                                refuseFollowed(group);
                                return step.work().run(id, progress);
                            }));
        }
        steps.add(
                Step.recording(
                        "record that group " + remove.group() + " is gone",
                        id -> store.records().groupRemoved(approval, id, remove.group())));
        return steps;
    }

    /// Somebody else's plan may have had a group follow this one since it was looked at.
    private void refuseFollowed(GroupAddress group) {
        var followers = orders.directFollowers(group);
        if (followers.isEmpty()) return;
        throw new ProviderException(
                "%s follows %s by now; end that first: assent replicate %s --stop"
                        .formatted(followers.getFirst(), group.group(), followers.getFirst()));
    }

    private List<Step> adopt(AdoptGroup adopt) {
        return List.of(
                Step.recording(
                        "record group " + adopt.group(),
                        id -> store.records().groupAdopted(approval, id, adopt)));
    }

    private List<Step> release(ReleaseGroup release) {
        return List.of(
                new Step(
                        "forget group " + release.group(),
                        (id, _) -> {
                            store.records().groupReleased(approval, id, release.group());
                            return "forgotten; its servers go on running";
                        }));
    }

    /// A change that nothing has to be built or removed for.
    private List<Step> write(Change change, String what) {
        return List.of(
                Step.recording(
                        ChangeTitle.of(change),
                        id -> store.records().changed(approval, id, what, change)));
    }

    private Step build(BuildOrder order) {
        return new Step(
                ServerWork.BUILD.on(order.key()),
                (_, progress) -> "listens on " + provider.build(order, progress));
    }

    private Step remove(ServerKey server) {
        return new Step(
                ServerWork.REMOVE.on(server),
                (_, progress) -> {
                    provider.remove(server, progress);
                    return "removed";
                });
    }

    private static ServerName primary(CreateGroup create) {
        return create.servers().getFirst().name();
    }
}
