package dev.assent.plan;

import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A record as one change after the other leaves it: the rules of the state store, without a store.
final class Ledger {

    /// Where a server will listen is known when it is built.
    private static final Endpoint NOT_YET = new Endpoint("not-yet", 1);

    private final Recorded start;
    private long changes;

    /// Oldest first.
    private final Map<GroupName, RecordedGroup> groups = new LinkedHashMap<>();

    private final Map<Engine, GroupName> primaries = new EnumMap<>(Engine.class);

    Ledger(Recorded start) {
        this.start = start;
        start.groups().forEach(this::put);
    }

    /// What there is of a group, and of its engine's primary group.
    Moment moment(GroupName name) {
        return new Moment(
                Optional.ofNullable(groups.get(name)),
                Optional.ofNullable(primaries.get(name.engine())).map(groups::get));
    }

    /// The record as it is now; its serial counts the changes.
    Recorded recorded() {
        return new Recorded(
                start.application(), start.serial() + changes, List.copyOf(groups.values()));
    }

    void apply(Change change) {
        changes++;
        var name = change.group();
        switch (change) {
            case CreateGroup it -> put(created(it));
            case AdoptGroup it -> put(adopted(it));
            case AddServer it -> edit(name, group -> added(group, it.server()));
            case RemoveServer it -> edit(name, group -> less(group, it.server()));
            case ChangeSetting it -> edit(name, group -> set(group, it));
            case SetBackups it -> stand(name, standing -> standing.withBackups(it.to()));
            case SetProtection it ->
                    stand(name, standing -> standing.withProtection(it.isProtected()));
            case StartReplication it ->
                    stand(name, standing -> standing.withReplication(Optional.of(it.source())));
            case StopReplication _ ->
                    stand(name, standing -> standing.withReplication(Optional.empty()));
            case SetPrimary _ -> crown(name);
            case PromoteServer it -> edit(name, group -> promoted(group, it.server()));
            case AcceptVersion it ->
                    edit(name, group -> group.with(group.specification().pinned(it.to())));
            case ResyncServer _, RotateCredentials _, RepairServer _ -> {}
            case RemoveGroup _, ReleaseGroup _ -> remove(name);
        }
    }

    private void put(RecordedGroup group) {
        groups.put(group.name(), group);
        if (group.primary()) primaries.putIfAbsent(group.name().engine(), group.name());
    }

    private RecordedGroup created(CreateGroup create) {
        return new RecordedGroup(
                create.group(),
                create.specification(),
                create.origin(),
                Standing.fresh(create.origin(), isFirst(create.group())),
                create.servers().stream().map(it -> new RecordedServer(it, NOT_YET)).toList());
    }

    private RecordedGroup adopted(AdoptGroup adopt) {
        var server = new ServerSpec(adopt.server(), new TreeMap<>());
        return new RecordedGroup(
                adopt.group(),
                adopt.specification(),
                Origin.ADOPTED,
                Standing.fresh(Origin.ADOPTED, isFirst(adopt.group())),
                List.of(new RecordedServer(server, adopt.endpoint())));
    }

    /// The first group of an engine becomes its primary group; where a plan names another one, that
    /// is built before.
    private boolean isFirst(GroupName group) {
        return !primaries.containsKey(group.engine());
    }

    private void edit(GroupName name, UnaryOperator<RecordedGroup> edit) {
        groups.computeIfPresent(name, (_, group) -> edit.apply(group));
    }

    private void stand(GroupName name, UnaryOperator<Standing> edit) {
        edit(name, group -> group.with(edit.apply(group.standing())));
    }

    private static RecordedGroup added(RecordedGroup group, ServerSpec server) {
        var servers = new ArrayList<>(group.servers());
        servers.add(new RecordedServer(server, NOT_YET));
        return group.with(servers);
    }

    private static RecordedGroup less(RecordedGroup group, ServerName server) {
        return group.with(
                group.servers().stream().filter(it -> !it.name().equals(server)).toList());
    }

    private static RecordedGroup promoted(RecordedGroup group, ServerName server) {
        var servers = new ArrayList<>(group.servers());
        servers.sort(Comparator.comparing(it -> !it.name().equals(server)));
        return group.with(servers);
    }

    private static RecordedGroup set(RecordedGroup group, ChangeSetting change) {
        if (change.server().isEmpty()) {
            var specification = group.specification();
            return group.with(specification.with(set(specification.settings(), change)));
        }
        return group.with(
                group.servers().stream()
                        .map(it ->
                                change.server().get().equals(it.name())
                                        ? new RecordedServer(
                                                new ServerSpec(
                                                        it.name(),
                                                        set(it.spec().settings(), change)),
                                                it.endpoint())
                                        : it)
                        .toList());
    }

    private static SortedMap<String, String> set(
            Map<String, String> settings, ChangeSetting change) {
        var changed = new TreeMap<>(settings);
        changed.put(change.setting(), change.to());
        return changed;
    }

    private void crown(GroupName name) {
        Optional.ofNullable(primaries.get(name.engine()))
                .ifPresent(it -> stand(it, standing -> standing.withPrimary(false)));
        stand(name, standing -> standing.withPrimary(true));
        if (groups.containsKey(name)) primaries.put(name.engine(), name);
    }

    /// Where the primary group goes, the oldest that remains of its engine becomes primary.
    private void remove(GroupName name) {
        groups.remove(name);
        var engine = name.engine();
        if (!primaries.remove(engine, name) && primaries.containsKey(engine)) return;
        groups.keySet().stream()
                .filter(it -> it.engine() == engine)
                .findFirst()
                .ifPresent(this::crown);
    }
}
