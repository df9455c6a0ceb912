package dev.assent.provider;

import dev.assent.plan.StepKey;
import java.util.Optional;

/// For whom a provider does something: it hears what a long operation is doing, a few words at a
/// time (`unpacking postgresql 16.15`), and says which step of a plan it is.
@FunctionalInterface
public interface Progress {

    /// Nobody listens.
    Progress SILENT = _ -> {};

    void says(String what);

    /// The step that is being done. A provider writes it down before it touches anything, so that
    /// it can be asked later what became of it; empty where no plan asks.
    default Optional<StepKey> step() {
        return Optional.empty();
    }

    /// The same, for a step of a plan.
    default Progress of(StepKey step) {
        var listener = this;
        return new Progress() {
            @Override
            public void says(String what) {
                listener.says(what);
            }

            @Override
            public Optional<StepKey> step() {
                return Optional.of(step);
            }
        };
    }
}
