package dev.assent.reconcile;

import dev.assent.state.Store;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The turn to plan: whoever has it plans while nobody else does, on whichever node, and what it
/// writes is one transaction. It is had from noting what is wanted to proposing the plan, so that
/// whoever plans an older commit can't get in between.
final class PlanningTurn {

    private final Store store;
    private final Object lock = new Object();

    PlanningTurn(Store store) {
        this.store = store;
    }

    <T> T exclusively(Supplier<T> work) {
        var result = new AtomicReference<T>();
        run(() -> result.set(work.get()));
        return result.get();
    }

    /// [#exclusively] where there is nothing to tell afterwards.
    void run(Runnable work) {
        synchronized (lock) {
            store.together(work);
        }
    }
}
