package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Optional;

/// From a manifest's file to its plan; can be used by several threads.
///
/// @param basis what is planned against
record ManifestPlanning(ManifestReader reader, PlanBasis basis, String environment) {

    /// What became of one manifest.
    sealed interface Outcome {

        /// It is planned.
        ///
        /// @param silence that it says nothing of the environment
        /// @param changes whether anything is to be changed
        /// @param print prints the plan
        record Planned(
                List<Problem> warnings, Optional<String> silence, boolean changes, Runnable print)
                implements Outcome {}

        /// It is not valid.
        record Invalid(List<Problem> problems) implements Outcome {}

        /// It could not be read; a sentence says why.
        record Unreadable(String why) implements Outcome {}

        /// Prints the plan, if there is one.
        default Runnable print() {
            return () -> {};
        }
    }

    Outcome plan(ManifestFile file, ApplicationName application, PlanReport report) {
        byte[] bytes;
        try {
            bytes = file.bytes();
        } catch (Stop e) {
            return new Outcome.Unreadable(String.valueOf(e.getMessage()));
        }
        return switch (reader.read(file.name(), bytes, List.of(environment))) {
            case Reading.Valid(var manifest, var warnings) -> {
                var silence =
                        Declaration.silence(manifest, environment)
                                .map(it -> file.name() + " " + it);
                var plan = basis.plan(file.name(), bytes, manifest.desired(application));
                yield new Outcome.Planned(
                        warnings, silence, !plan.isEmpty(), report.rendered(plan));
            }
            case Reading.Invalid(var problems) -> new Outcome.Invalid(problems);
        };
    }
}
