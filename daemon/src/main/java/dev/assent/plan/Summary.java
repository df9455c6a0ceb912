package dev.assent.plan;

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

/// How many changes of a plan add, change and remove something.
public record Summary(int add, int change, int remove) {

    public static Summary of(Plan plan) {
        var add = 0;
        var change = 0;
        var remove = 0;
        for (var planned : plan.changes()) {
            switch (planned.change()) {
                case CreateGroup _, AdoptGroup _, AddServer _ -> add++;
                case ChangeSetting _,
                        SetBackups _,
                        SetProtection _,
                        StopReplication _,
                        StartReplication _,
                        SetPrimary _,
                        PromoteServer _,
                        ResyncServer _,
                        RotateCredentials _,
                        RepairServer _,
                        AcceptVersion _ ->
                        change++;
                case RemoveServer _, RemoveGroup _, ReleaseGroup _ -> remove++;
            }
        }
        return new Summary(add, change, remove);
    }

    /// The last line of a plan: `2 to add, 1 to change, 0 to destroy`.
    @Override
    public String toString() {
        return "%d to add, %d to change, %d to destroy".formatted(add, change, remove);
    }
}
