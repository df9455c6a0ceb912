package dev.assent.plan;

import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;

/// How many changes of a plan add, change and remove something.
public record Summary(int add, int change, int remove) {

    public static Summary of(Plan plan) {
        var add = 0;
        var remove = 0;
        for (var planned : plan.changes()) {
            switch (planned.change()) {
                case CreateGroup _, AddServer _ -> add++;
                case RemoveServer _, RemoveGroup _ -> remove++;
            }
        }
        return new Summary(add, 0, remove);
    }

    /// The last line of a plan: `2 to add, 1 to change, 0 to destroy`.
    @Override
    public String toString() {
        return "%d to add, %d to change, %d to destroy".formatted(add, change, remove);
    }
}
