package dev.assent.apply;

import dev.assent.plan.StepKey;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One step of a change: what it does in words, and the doing. Doing it twice is as good as once.
///
/// @param works what it has done to which servers; nothing where it only writes into the record
/// @param safe whether the plan may stop after it: what is half done of its change harms nobody
///   then, and either is undone or waits until the plan is resumed
record Step(String what, Doing doing, Supplier<List<Work>> works, boolean safe) {

    @FunctionalInterface
    interface Doing {

        /// Does the step.
        ///
        /// @param id the step's id in its plan, `c1.2`
        /// @return what came of it, in a few words without secrets
        String run(String id, Progress progress);
    }

    interface Deed {
        void go(Progress progress);
    }

    /// Something done to servers. In its middle, and after it until the whole change is done, the
    /// plan goes on, unless it is [#safe].
    static Step doing(String what, Supplier<List<Work>> works, Deed deed) {
        return new Step(
                what,
                (_, progress) -> {
                    deed.go(progress);
                    return "done";
                },
                works,
                false);
    }

    /// Something written into the record.
    ///
    /// @param write is given the step's id
    static Step recording(String what, Consumer<String> write) {
        return new Step(
                what,
                (id, _) -> {
                    write.accept(id);
                    return "recorded";
                },
                List::of,
                false);
    }

    /// The same, after which the plan may stop.
    Step andSafe() {
        return new Step(what, doing, works, true);
    }

    /// What became of it, as far as the provider can tell. What is written into the record is
    /// journalled in the same transaction: where the journal does not say so, it is not.
    Settled settle(StepKey key, Provider provider) {
        var all = works.get();
        if (all.isEmpty()) return new Settled.NotStarted("nothing of it is in the record");
        return Settled.of(all.stream().map(it -> provider.probe(key, it)).toList());
    }
}
