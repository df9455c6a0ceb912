package dev.assent.plan.render;

import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
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
import dev.assent.plan.Foreseen;
import dev.assent.plan.Plan;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The groups of an application at one time, as far as they are known, and who follows whom.
///
/// @param groups what is known of each, in a few words; nothing where only its name is
/// @param sources whom a group follows
record Sight(SortedMap<GroupName, String> groups, SortedMap<GroupName, GroupAddress> sources) {

    Sight {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /// What a plan changes, before and after.
    ///
    /// @param whole whether it shows the other groups as well
    record Both(Sight before, Sight after, boolean whole) {}

    static Both of(Plan plan, Recorded recorded) {
        return new Both(of(recorded), of(Foreseen.after(recorded, plan)), true);
    }

    private static Sight of(Recorded recorded) {
        var groups = new TreeMap<GroupName, String>();
        var sources = new TreeMap<GroupName, GroupAddress>();
        for (var group : recorded.groups()) {
            groups.put(
                    group.name(),
                    group.specification().variant()
                            + " "
                            + group.version().text()
                            + ", "
                            + servers(group.servers().size())
                            + (group.primary() ? ", primary group" : ""));
            group.standing().replicatesFrom().ifPresent(it -> sources.put(group.name(), it));
        }
        return new Sight(groups, sources);
    }

    /// What the plan itself knows: the groups that it touches.
    static Both of(Plan plan) {
        var before = new Sketch(new TreeMap<>(), new TreeMap<>());
        var after = new Sketch(new TreeMap<>(), new TreeMap<>());
        var made = new HashSet<GroupName>();
        for (var planned : plan.changes()) {
            var group = planned.change().group();
            switch (planned.change()) {
                case CreateGroup it -> {
                    made.add(group);
                    after.groups.put(group, servers(it.servers().size()));
                }
                case AdoptGroup _ -> {
                    made.add(group);
                    after.groups.put(group, servers(1));
                }
                case RemoveGroup it -> before.groups.put(group, servers(it.servers().size()));
                case ReleaseGroup it -> before.groups.put(group, servers(it.servers().size()));
                case StopReplication it -> {
                    exists(group, made, before, after);
                    if (!made.contains(group)) before.sources.put(group, it.source());
                }
                case StartReplication it -> {
                    exists(group, made, before, after);
                    after.sources.put(group, it.source());
                }
                case AddServer _,
                        RemoveServer _,
                        ChangeSetting _,
                        SetBackups _,
                        SetProtection _,
                        SetPrimary _,
                        PromoteServer _,
                        ResyncServer _,
                        RotateCredentials _,
                        RepairServer _,
                        AcceptVersion _ ->
                        exists(group, made, before, after);
            }
        }
        for (var planned : plan.changes()) {
            switch (planned.change()) {
                case RemoveGroup it -> after.forget(it.group());
                case ReleaseGroup it -> after.forget(it.group());
                case CreateGroup _,
                        AdoptGroup _,
                        AddServer _,
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
                        RemoveServer _ -> {}
            }
        }
        return new Both(before.done(), after.done(), false);
    }

    private static void exists(GroupName group, Set<GroupName> made, Sketch before, Sketch after) {
        if (!made.contains(group)) before.groups.putIfAbsent(group, "");
        after.groups.putIfAbsent(group, "");
    }

    private static String servers(int count) {
        return count == 1 ? "1 server" : count + " servers";
    }

    /// A sight in the making.
    private record Sketch(
            TreeMap<GroupName, String> groups, TreeMap<GroupName, GroupAddress> sources) {

        private void forget(GroupName group) {
            groups.remove(group);
            sources.remove(group);
        }

        private Sight done() {
            return new Sight(groups, sources);
        }
    }
}
