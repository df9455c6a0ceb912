package dev.assent.simulation;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.ServerKey;
import dev.assent.plan.Change;
import dev.assent.plan.Plan.PlannedChange;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/// Which calls of a provider belong to a change.
///
/// @param done whether it is recorded
/// @param reaches whether a group is another one, or has its data from there
record Effects(
        ApplicationName application,
        PlannedChange planned,
        boolean done,
        BiPredicate<GroupAddress, GroupAddress> reaches) {

    /// Before it is recorded who leads, nobody is sent to follow.
    private static final Set<String> HANDOVER = Set.of("fence", "forsake", "promote");

    /// The servers that a change builds.
    static List<ServerKey> built(ApplicationName application, PlannedChange planned) {
        var group = planned.change().group();
        return switch (planned.change()) {
            case Change.CreateGroup it ->
                    it.servers().stream()
                            .map(server -> new ServerKey(application, group, server.name()))
                            .toList();
            case Change.AddServer it ->
                    List.of(new ServerKey(application, group, it.server().name()));
            default -> List.of();
        };
    }

    boolean include(String verb, ServerKey key) {
        var group = new GroupAddress(application, planned.change().group());
        var at = new GroupAddress(key.application(), key.group());
        return switch (planned.change()) {
            // What is not recorded yet is removed again where the change fails.
            case Change.CreateGroup _, Change.AddServer _ ->
                    built(application, planned).contains(key)
                            && (verb.equals("build") || (verb.equals("remove") && !done));
            case Change.RemoveServer it ->
                    group.equals(at) && verb.equals("remove") && it.server().equals(key.server());
            case Change.RemoveGroup it ->
                    group.equals(at)
                            && verb.equals("remove")
                            && it.servers().contains(key.server());
            case Change.PromoteServer _ ->
                    (done || HANDOVER.contains(verb)) && changes(verb, group, at);
            case Change.StartReplication _, Change.StopReplication _, Change.RotateCredentials _ ->
                    changes(verb, group, at);
            case Change.ResyncServer it ->
                    group.equals(at) && verb.equals("rebuild") && it.server().equals(key.server());
            case Change.RepairServer it ->
                    group.equals(at)
                            && Set.of("start", "configure").contains(verb)
                            && it.server().equals(key.server());
            default -> false;
        };
    }

    private boolean changes(String verb, GroupAddress group, GroupAddress at) {
        return !verb.equals("build") && !verb.equals("remove") && reaches.test(group, at);
    }
}
