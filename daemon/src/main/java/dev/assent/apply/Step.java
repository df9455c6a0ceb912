package dev.assent.apply;

import dev.assent.provider.Progress;
import java.util.function.Consumer;

/// One step of a change: what it does in words, and the doing. Doing it twice is as good as once.
record Step(String what, Work work) {

    @FunctionalInterface
    interface Work {

        /// Does the step.
        ///
        /// @param id the step's id in its plan, `c1.2`
        /// @return what came of it, in a few words without secrets
        String run(String id, Progress progress);
    }

    interface Deed {
        void go(Progress progress);
    }

    /// Something done to servers.
    static Step doing(String what, Deed deed) {
        return new Step(
                what,
                (_, progress) -> {
                    deed.go(progress);
                    return "done";
                });
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
                });
    }
}
