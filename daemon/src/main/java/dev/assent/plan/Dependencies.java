package dev.assent.plan;

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
import dev.assent.plan.Plan.PlannedChange;
import java.util.List;

/// Which changes have to be done before another one.
final class Dependencies {

    private Dependencies() {}

    /// The ids of those changes.
    ///
    /// @param earlier all that come before it in the plan
    static List<String> of(Change change, List<PlannedChange> earlier) {
        return earlier.stream()
                .filter(it -> mustPrecede(it.change(), change))
                .map(PlannedChange::id)
                .toList();
    }

    private static boolean mustPrecede(Change first, Change then) {
        if (first.group().equals(then.group())) return true;
        return switch (first) {
            // Whatever takes a group's place is there before that group goes.
            case CreateGroup _, AdoptGroup _, SetPrimary _ ->
                    (sameEngine(first, then) && removesGroup(then))
                            || (then instanceof StartReplication start
                                    && start.source().group().equals(first.group()));
            // Who is followed cannot go or follow; who follows cannot be followed.
            case StopReplication stop ->
                    (removesGroup(then) && stop.source().group().equals(then.group()))
                            || (then instanceof StartReplication start
                                    && (stop.source().group().equals(start.group())
                                            || stop.group().equals(start.source().group())));
            // Who follows goes before whom it follows.
            case RemoveGroup _, ReleaseGroup _ -> sameEngine(first, then) && removesGroup(then);
            case AddServer _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StartReplication _,
                    RemoveServer _ ->
                    false;
        };
    }

    private static boolean sameEngine(Change first, Change then) {
        return first.group().engine() == then.group().engine();
    }

    private static boolean removesGroup(Change change) {
        return switch (change) {
            case RemoveGroup _, ReleaseGroup _ -> true;
            case CreateGroup _,
                    AdoptGroup _,
                    AddServer _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StopReplication _,
                    StartReplication _,
                    SetPrimary _,
                    RemoveServer _ ->
                    false;
        };
    }
}
