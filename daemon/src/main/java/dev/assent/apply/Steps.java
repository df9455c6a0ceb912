package dev.assent.apply;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
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
import dev.assent.plan.StepKey;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import dev.assent.state.Approval;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /// The steps of a change of the plan; each has the change's id, a point and its number.
    List<Step> of(PlannedChange planned) {
        var change = planned.change();
        return switch (change) {
            case CreateGroup create -> create(planned.id(), create);
            case AddServer add -> add(planned.id(), add);
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

    Provider provider() {
        return provider;
    }

    /// The step of an id: `c1.2`.
    Optional<Step> step(String id) {
        var dot = id.lastIndexOf('.');
        if (dot < 0) return Optional.empty();
        var number = Integer.parseInt(id.substring(dot + 1));
        return approval.changes().stream()
                .filter(it -> it.id().equals(id.substring(0, dot)))
                .flatMap(it -> of(it).stream().skip(number - 1).limit(1))
                .findFirst();
    }

    /// What became of a step, as far as the provider can tell.
    Settled settle(String id, StepKey key) {
        return step(id).orElseThrow().settle(key, provider);
    }

    /// Has servers that others built be what a step was to build.
    void adopt(String id, StepKey key) {
        for (var work : step(id).orElseThrow().works().get()) {
            switch (work) {
                case Work.Build(var order) -> provider.adopt(order, Progress.SILENT.of(key));
                case Work.Remove _, Work.Alter _ -> {}
            }
        }
    }

    /// Removes what a failed change had built. It is in no record: nobody would find it again if
    /// the plan were never resumed. A resume builds it anew.
    void undo(PlannedChange planned) {
        switch (planned.change()) {
            case CreateGroup create -> {
                if (orders.recorded(create.group()).isPresent()) return;
                var failures = new ArrayList<String>();
                for (var number = create.servers().size(); number > 0; number--) {
                    var server = create.servers().get(number - 1).name();
                    try {
                        undo(planned.id() + "." + number, orders.key(create.group(), server));
                    } catch (ProviderException e) {
                        // One that cannot be removed keeps no other.
                        failures.add(String.valueOf(e.getMessage()));
                    }
                }
                if (!failures.isEmpty()) throw new ProviderException(String.join("; ", failures));
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

    /// It is journalled first: after a crash in between the server is built, or found built.
    private void undo(String id, ServerKey server) {
        if (store.journal().isDone(approval, id)) {
            store.journal()
                    .undone(
                            approval,
                            id,
                            "undone, since its change ended half done: %s is removed"
                                    .formatted(server.server()));
        }
        provider.discard(server, approval.key(id), Progress.SILENT);
    }

    /// Who built a server of a change.
    ///
    /// @param number of the step, from 1
    private StepKey builder(String change, int number) {
        return approval.key(change + "." + number);
    }

    private List<Step> create(String change, CreateGroup create) {
        var built =
                create.servers().stream()
                        .map(it ->
                                orders.order(
                                        create.group(),
                                        create.specification(),
                                        it,
                                        primary(create)))
                        .toList();
        var steps = new ArrayList<>(built.stream().map(this::build).toList());
        steps.add(
                Step.recording(
                        "record group " + create.group(),
                        id -> {
                            var servers = new ArrayList<RecordedServer>();
                            for (var order : built) {
                                var builder = builder(change, servers.size() + 1);
                                servers.add(recorded(order, builder));
                            }
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
    private RecordedServer recorded(BuildOrder order, StepKey builder) {
        return new RecordedServer(
                order.server(), provider.build(order, Progress.SILENT.of(builder)));
    }

    private List<Step> add(String change, AddServer add) {
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
                            var builder = builder(change, 1);
                            Endpoint endpoint = provider.build(order, Progress.SILENT.of(builder));
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
                                return step.doing().run(id, progress);
                            },
                            step.works(),
                            step.safe()));
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
                        },
                        List::of,
                        false));
    }

    /// A change that nothing has to be built or removed for.
    private List<Step> write(Change change, String what) {
        return List.of(
                Step.recording(
                        ChangeTitle.of(change),
                        id -> store.records().changed(approval, id, what, change)));
    }

    /// What is built and not recorded is undone where the plan stops.
    private Step build(BuildOrder order) {
        return new Step(
                ServerWork.BUILD.on(order.key()),
                (_, progress) -> "listens on " + provider.build(order, progress),
                () -> List.of(new Work.Build(order)),
                true);
    }

    private Step remove(ServerKey server) {
        return new Step(
                ServerWork.REMOVE.on(server),
                (_, progress) -> {
                    provider.remove(server, progress);
                    return "removed";
                },
                () -> List.of(new Work.Remove(server)),
                false);
    }

    private static ServerName primary(CreateGroup create) {
        return create.servers().getFirst().name();
    }
}
