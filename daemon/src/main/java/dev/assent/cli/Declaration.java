package dev.assent.cli;

import dev.assent.manifest.Manifest;
import dev.assent.model.Desired.DesiredGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a manifest declares, environment by environment.
///
/// @param app the application's name, where there is one
record Declaration(Optional<String> app, List<Part> parts) {

    /// Stands for every environment that the manifest has no block for.
    static final String ANY = "*";

    /// What holds in one environment.
    ///
    /// @param silence that the manifest says nothing of it
    record Part(String environment, List<DesiredGroup> groups, Optional<String> silence) {}

    /// @param environments those that are asked for; without any, all that the manifest speaks for
    static Declaration of(Manifest manifest, Optional<String> app, List<String> environments) {
        var parts = new ArrayList<Part>();
        var asked =
                environments.isEmpty()
                        ? manifest.environments()
                        : environments.stream().distinct().toList();
        for (var it : asked) {
            parts.add(new Part(it, manifest.groups(it), silence(manifest, it)));
        }
        if (parts.isEmpty() || (environments.isEmpty() && !manifest.everywhere().isEmpty())) {
            parts.add(new Part(ANY, manifest.everywhere(), Optional.empty()));
        }
        return new Declaration(app, parts);
    }

    /// That a manifest declares nothing for an environment since it speaks for others only.
    static Optional<String> silence(Manifest manifest, String environment) {
        var spoken = manifest.environments();
        var silent =
                !spoken.isEmpty()
                        && !spoken.contains(environment)
                        && manifest.everywhere().isEmpty();
        return silent
                ? Optional.of(
                        "says nothing of `%s`; it speaks for %s"
                                .formatted(environment, String.join(", ", spoken)))
                : Optional.empty();
    }
}
