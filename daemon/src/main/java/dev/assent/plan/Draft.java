package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.Place;
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
import dev.assent.plan.Plan.PlannedChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A plan in the making: gathers what is to change and what is to be said, puts the changes in
/// order, and works out what follows from each.
final class Draft {

    private final List<Proposed> proposed = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final Set<GroupName> touched = new HashSet<>();

    /// A change and why it is wanted.
    private record Proposed(Change change, Because because) {}

    void propose(Change change, Because because) {
        touched.add(change.group());
        proposed.add(new Proposed(change, because));
    }

    void notice(Notice notice) {
        notice.group().ifPresent(touched::add);
        notices.add(notice);
    }

    void notice(Notice.Code code, GroupName group, Place place, String message) {
        notice(new Notice(code, Optional.of(group), message, Optional.of(place), List.of()));
    }

    /// Whether a group is about to go.
    boolean removes(GroupName group) {
        return proposed.stream()
                .map(Proposed::change)
                .filter(it -> it.group().equals(group))
                .anyMatch(it -> it instanceof RemoveGroup || it instanceof ReleaseGroup);
    }

    /// Whether anything is to change about a group or to be said about it.
    boolean touches(GroupName group) {
        return touched.contains(group);
    }

    /// The record once all that was gathered so far is done.
    Recorded after(Recorded before) {
        var ledger = new Ledger(before);
        ordered().forEach(it -> ledger.apply(it.change()));
        return ledger.recorded();
    }

    private List<Proposed> ordered() {
        return proposed.stream().sorted(Comparator.comparingInt(it -> turn(it.change()))).toList();
    }

    /// @param scene what it was gathered from
    /// @param unchanged how many declared groups are as they should be
    Plan plan(Scene scene, int unchanged) {
        var recorded = scene.recorded();
        var changes = new ArrayList<PlannedChange>();
        var ledger = new Ledger(recorded);
        var dependencies = new Dependencies();
        for (var each : ordered()) {
            var change = each.change();
            var number = changes.size() + 1;
            var before = ledger.moment(change.group());
            var behind = behind(change, scene, ledger);
            ledger.apply(change);
            var after = ledger.moment(change.group());
            changes.add(
                    new PlannedChange(
                            "c" + number,
                            change,
                            each.because(),
                            dependencies.add(number, change, before.group()),
                            Effects.of(change, before, after, behind),
                            Reach.of(change, before, after, behind)));
        }
        return new Plan(recorded.application(), recorded.serial(), changes, notices, unchanged);
    }

    private static Behind behind(Change change, Scene scene, Ledger ledger) {
        return switch (change) {
            case StartReplication _, StopReplication _, RotateCredentials _ ->
                    Behind.of(change.group(), scene.with(ledger.recorded()));
            case CreateGroup _,
                    AdoptGroup _,
                    AddServer _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    SetPrimary _,
                    PromoteServer _,
                    ResyncServer _,
                    RepairServer _,
                    AcceptVersion _,
                    RemoveServer _,
                    RemoveGroup _,
                    ReleaseGroup _ ->
                    Behind.NOBODY;
        };
    }

    /// What makes comes first and what destroys comes last, so that a renamed group never leaves
    /// the application without data, nor the root level without a group to point to. A group that
    /// follows nobody any more can get servers, and one that keeps a single server can follow.
    private static int turn(Change change) {
        return switch (change) {
            case CreateGroup _, AdoptGroup _ -> 1;
            case AcceptVersion _ -> 2;
            case RepairServer _ -> 3;
            case StopReplication _ -> 4;
            case PromoteServer _ -> 5;
            case ResyncServer _ -> 6;
            case AddServer _ -> 7;
            case RotateCredentials _ -> 8;
            case ChangeSetting _ -> 9;
            case SetBackups _ -> 10;
            case SetProtection _ -> 11;
            case SetPrimary _ -> 12;
            case RemoveServer _ -> 13;
            case StartReplication _ -> 14;
            case RemoveGroup _, ReleaseGroup _ -> 15;
        };
    }
}
