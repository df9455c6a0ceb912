package dev.assent.plan;

import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which changes have to be done before another one, worked out while they are put in order.
final class Dependencies {

    /// The numbers of the changes of each group.
    private final Map<GroupName, List<Integer>> ofGroup = new HashMap<>();

    /// Of those by which a group comes to be one that can be followed.
    private final Map<GroupName, List<Integer>> freeing = new HashMap<>();

    /// Of those by which somebody no longer follows a group.
    private final Map<GroupName, List<Integer>> leaving = new HashMap<>();

    /// Of those that may take a group's place.
    private final Map<Engine, List<Integer>> replacing = new EnumMap<>(Engine.class);

    /// Takes in a change.
    ///
    /// @param number its number in the plan
    /// @param before the group before it
    /// @return the ids of the changes that have to be done before it, in order
    List<String> add(int number, Change change, Optional<RecordedGroup> before) {
        var name = change.group();
        var earlier = new TreeSet<>(ofGroup.getOrDefault(name, List.of()));
        switch (change) {
            case CreateGroup _, AdoptGroup _ -> {
                numbers(replacing, name.engine()).add(number);
                numbers(freeing, name).add(number);
            }
            case SetPrimary _ -> numbers(replacing, name.engine()).add(number);
            case StopReplication it -> {
                numbers(freeing, name).add(number);
                numbers(leaving, it.source().group()).add(number);
            }
            // Who is followed cannot follow; who follows cannot be followed, or has first to have
            // what is followed.
            case StartReplication it -> {
                earlier.addAll(freeing.getOrDefault(it.source().group(), List.of()));
                earlier.addAll(leaving.getOrDefault(name, List.of()));
                // Last: the source may be a group of this name in another application.
                numbers(freeing, name).add(number);
            }
            case RemoveGroup _, ReleaseGroup _ -> {
                // Whatever takes its place is there before a group goes, and whoever follows it
                // has gone or follows somebody else.
                earlier.addAll(replacing.getOrDefault(name.engine(), List.of()));
                earlier.addAll(leaving.getOrDefault(name, List.of()));
                before.flatMap(it -> it.standing().replicatesFrom())
                        .ifPresent(it -> numbers(leaving, it.group()).add(number));
            }
            case AddServer _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    RemoveServer _,
                    PromoteServer _,
                    ResyncServer _,
                    RotateCredentials _,
                    RepairServer _,
                    AcceptVersion _ -> {}
        }
        numbers(ofGroup, name).add(number);
        return earlier.isEmpty() ? List.of() : earlier.stream().map(it -> "c" + it).toList();
    }

    private static <K> List<Integer> numbers(Map<K, List<Integer>> map, K key) {
        return map.computeIfAbsent(key, _ -> new ArrayList<>());
    }
}
