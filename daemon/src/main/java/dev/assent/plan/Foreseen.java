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
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The record as a change will leave it: the rules of the state store as a pure function.
public final class Foreseen {

    /// Where a server will listen is known when it is built.
    private static final Endpoint NOT_YET = new Endpoint("not-yet", 1);

    private Foreseen() {}

    /// The record after all changes of a plan.
    public static Recorded after(Recorded before, Plan plan) {
        var after = before;
        for (var planned : plan.changes()) after = after(after, planned.change());
        return after;
    }

    /// The record after one change; its serial is the next one.
    public static Recorded after(Recorded before, Change change) {
        var groups = before.groups();
        var name = change.group();
        return new Recorded(
                before.application(),
                before.serial() + 1,
                switch (change) {
                    case CreateGroup it -> with(groups, created(before, it));
                    case AdoptGroup it -> with(groups, adopted(before, it));
                    case AddServer it -> edit(groups, name, group -> added(group, it.server()));
                    case RemoveServer it -> edit(groups, name, group -> less(group, it.server()));
                    case ChangeSetting it -> edit(groups, name, group -> set(group, it));
                    case SetBackups it ->
                            edit(
                                    groups,
                                    name,
                                    group -> group.with(group.standing().withBackups(it.to())));
                    case SetProtection it ->
                            edit(
                                    groups,
                                    name,
                                    group ->
                                            group.with(
                                                    group.standing()
                                                            .withProtection(it.isProtected())));
                    case StartReplication it ->
                            edit(
                                    groups,
                                    name,
                                    group ->
                                            group.with(
                                                    group.standing()
                                                            .withReplication(
                                                                    Optional.of(it.source()))));
                    case StopReplication _ ->
                            edit(
                                    groups,
                                    name,
                                    group ->
                                            group.with(
                                                    group.standing()
                                                            .withReplication(Optional.empty())));
                    case SetPrimary _ -> primary(groups, name);
                    case RemoveGroup _, ReleaseGroup _ -> without(groups, name);
                });
    }

    private static RecordedGroup created(Recorded before, CreateGroup create) {
        return new RecordedGroup(
                create.group(),
                create.specification(),
                create.origin(),
                Standing.fresh(create.origin(), isFirst(before, create.group())),
                create.servers().stream().map(it -> new RecordedServer(it, NOT_YET)).toList());
    }

    private static RecordedGroup adopted(Recorded before, AdoptGroup adopt) {
        return new RecordedGroup(
                adopt.group(),
                adopt.specification(),
                Origin.ADOPTED,
                Standing.fresh(Origin.ADOPTED, isFirst(before, adopt.group())),
                List.of(
                        new RecordedServer(
                                new ServerSpec(adopt.server(), new TreeMap<>()),
                                adopt.endpoint())));
    }

    /// The first group of an engine becomes its primary group; where a plan names another one, that
    /// is built before.
    private static boolean isFirst(Recorded before, GroupName group) {
        return before.primary(group.engine()).isEmpty();
    }

    private static RecordedGroup added(RecordedGroup group, ServerSpec server) {
        return group.with(with(group.servers(), new RecordedServer(server, NOT_YET)));
    }

    private static RecordedGroup less(RecordedGroup group, ServerName server) {
        return group.with(
                group.servers().stream().filter(it -> !it.name().equals(server)).toList());
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

    private static List<RecordedGroup> primary(List<RecordedGroup> groups, GroupName name) {
        return groups.stream()
                .map(it ->
                        it.name().engine() == name.engine()
                                ? it.with(it.standing().withPrimary(it.name().equals(name)))
                                : it)
                .toList();
    }

    /// Where the primary group goes, the oldest that remains of its engine becomes primary.
    private static List<RecordedGroup> without(List<RecordedGroup> groups, GroupName name) {
        var rest = groups.stream().filter(it -> !it.name().equals(name)).toList();
        return heir(rest, name.engine()).map(it -> primary(rest, it)).orElse(rest);
    }

    private static Optional<GroupName> heir(List<RecordedGroup> groups, Engine engine) {
        var ofEngine = groups.stream().filter(it -> it.name().engine() == engine).toList();
        return ofEngine.stream().anyMatch(RecordedGroup::primary)
                ? Optional.empty()
                : ofEngine.stream().findFirst().map(RecordedGroup::name);
    }

    private static List<RecordedGroup> edit(
            List<RecordedGroup> groups, GroupName name, UnaryOperator<RecordedGroup> edit) {
        return groups.stream().map(it -> it.name().equals(name) ? edit.apply(it) : it).toList();
    }

    private static <T> List<T> with(List<T> all, T one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
