package dev.assent.apply;

import dev.assent.provider.Progress;

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
}
