package dev.assent.metrics;

import dev.assent.metrics.Counters.Asked;
import dev.assent.reconcile.Lookout;
import dev.assent.source.Repository;
import dev.assent.state.Census;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How everything stands at one moment.
///
/// @param census of what the configuration in force still knows
/// @param repositories those of the configuration in force
/// @param view what was seen of the servers last
/// @param remaining how many more requests forges say that they take
record Moment(
        Instant now,
        Path folder,
        String version,
        List<Repository> repositories,
        Census census,
        Optional<Lookout.View> view,
        Map<Asked, Long> remaining,
        Optional<String> notReady,
        Optional<String> trouble) {

    Set<String> repositoryNames() {
        return repositories.stream().map(Repository::name).collect(Collectors.toSet());
    }

    /// How long something is ago, in seconds.
    double since(Instant instant) {
        return Duration.between(instant, now).toMillis() / 1000.0;
    }
}
