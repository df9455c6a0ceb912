package dev.assent.apply;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
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
import dev.assent.state.Approval;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of each kind of change, for one approved plan. The last step of a change is always the
/// one that writes it into the record.
final class Steps {

    private final Approval approval;
    private final Store store;
    private final Provider provider;

    Steps(Approval approval, Store store, Provider provider) {
        this.approval = approval;
        this.store = store;
        this.provider = provider;
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
            case StopReplication _,
                    StartReplication _,
                    PromoteServer _,
                    ResyncServer _,
                    RotateCredentials _,
                    RepairServer _,
                    AcceptVersion _ ->
                    throw new UnsupportedOperationException();
        };
    }

    /// Removes what a failed change had built. It is in no record: nobody would find it again if
    /// the plan were never resumed. A resume builds it anew.
    void undo(PlannedChange planned) {
        switch (planned.change()) {
            case CreateGroup create -> {
                if (recorded(create.group()).isPresent()) return;
                for (var number = create.servers().size(); number > 0; number--) {
                    var server = create.servers().get(number - 1).name();
                    undo(planned.id() + "." + number, key(create.group(), server));
                }
            }
            case AddServer add -> {
                var servers = recorded(add.group()).map(RecordedGroup::servers).orElse(List.of());
                if (servers.stream().anyMatch(it -> it.name().equals(add.server().name()))) return;
                undo(planned.id() + ".1", key(add.group(), add.server().name()));
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

    private Optional<RecordedGroup> recorded(GroupName group) {
        return store.records().of(approval.plan().application()).group(group);
    }

    private List<Step> create(CreateGroup create) {
        var steps = new ArrayList<Step>();
        for (var server : create.servers()) {
            var order = order(create.group(), create.specification(), server, primary(create));
            steps.add(build(order));
        }
        steps.add(
                new Step(
                        "record group " + create.group(),
                        (id, _) -> {
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
                            return "recorded";
                        }));
        return steps;
    }

    /// Asking for a server that is built gives where it listens: so the record is right even when
    /// the one who built it was killed before it could tell.
    private RecordedServer recorded(CreateGroup create, ServerSpec server) {
        var order = order(create.group(), create.specification(), server, primary(create));
        return new RecordedServer(server, provider.build(order, Progress.SILENT));
    }

    private List<Step> add(AddServer add) {
        var group =
                recorded(add.group())
                        .orElseThrow(() ->
                                new IllegalStateException(add.group() + " is not in the record"));
        var order =
                order(
                        add.group(),
                        group.specification(),
                        add.server(),
                        group.primaryServer().name());
        return List.of(
                build(order),
                new Step(
                        "record server " + add.server().name(),
                        (id, _) -> {
                            Endpoint endpoint = provider.build(order, Progress.SILENT);
                            store.records()
                                    .serverAdded(
                                            approval,
                                            id,
                                            add.group(),
                                            new RecordedServer(add.server(), endpoint));
                            return "recorded";
                        }));
    }

    private List<Step> remove(RemoveServer remove) {
        return List.of(
                remove(key(remove.group(), remove.server())),
                new Step(
                        "record that server " + remove.server() + " is gone",
                        (id, _) -> {
                            store.records()
                                    .serverRemoved(approval, id, remove.group(), remove.server());
                            return "recorded";
                        }));
    }

    private List<Step> remove(RemoveGroup remove) {
        var steps = new ArrayList<Step>();
        // Replicas first: a primary server without replicas stops without waiting for them.
        for (var server : remove.servers().reversed())
            steps.add(remove(key(remove.group(), server)));
        steps.add(
                new Step(
                        "record that group " + remove.group() + " is gone",
                        (id, _) -> {
                            store.records().groupRemoved(approval, id, remove.group());
                            return "recorded";
                        }));
        return steps;
    }

    private List<Step> adopt(AdoptGroup adopt) {
        return List.of(
                new Step(
                        "record group " + adopt.group(),
                        (id, _) -> {
                            store.records().groupAdopted(approval, id, adopt);
                            return "recorded";
                        }));
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
                new Step(
                        ChangeTitle.of(change),
                        (id, _) -> {
                            store.records().changed(approval, id, what, change);
                            return "recorded";
                        }));
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

    private BuildOrder order(
            GroupName group, Specification specification, ServerSpec server, ServerName primary) {
        // Stored before anything is built with them, so that no crash can lose a password.
        var credentials = store.credentials().getOrCreate(approval.plan().application(), group);
        return new BuildOrder(
                key(group, server.name()),
                specification,
                server,
                credentials,
                server.name().equals(primary)
                        ? Optional.empty()
                        : Optional.of(key(group, primary)));
    }

    private ServerKey key(GroupName group, ServerName server) {
        return new ServerKey(approval.plan().application(), group, server);
    }
}
