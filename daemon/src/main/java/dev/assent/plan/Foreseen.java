package dev.assent.plan;

import dev.assent.model.Recorded;

/// The record as changes will leave it.
public final class Foreseen {

    private Foreseen() {}

    /// The record after all changes of a plan.
    public static Recorded after(Recorded before, Plan plan) {
        var ledger = new Ledger(before);
        plan.changes().forEach(it -> ledger.apply(it.change()));
        return ledger.recorded();
    }

    /// The record after one change; its serial is the next one.
    public static Recorded after(Recorded before, Change change) {
        var ledger = new Ledger(before);
        ledger.apply(change);
        return ledger.recorded();
    }
}
