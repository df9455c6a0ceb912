package dev.assent.metrics;

import dev.assent.metrics.Counters.Asked;
import dev.assent.reconcile.Lookout;
import dev.assent.source.Repository;
import dev.assent.state.Census;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is asked when somebody scrapes. What can change while the daemon runs is asked for anew
/// each time, so that the series of what is gone are gone too.
///
/// @param folder where the record lies
/// @param repositories those of the configuration in force
/// @param recipients who may be sent letters, as the configuration in force says
/// @param notReady why the daemon takes no orders, in a sentence; empty when it does
/// @param trouble why its pipeline does not turn, in a sentence; empty when it does
/// @param version the program's
public record Sources(
        Store store,
        Path folder,
        Lookout lookout,
        Supplier<List<Repository>> repositories,
        Supplier<? extends Collection<String>> recipients,
        Supplier<Optional<String>> notReady,
        Supplier<Optional<String>> trouble,
        String version,
        InstantSource clock) {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    /// How everything stands now.
    ///
    /// @param remaining how many more requests forges say that they take
    Moment now(Map<Asked, Long> remaining) {
        var known = repositories.get();
        return new Moment(
                clock.instant(),
                folder,
                version,
                known,
                census(known.stream().map(Repository::name).collect(Collectors.toSet())),
                lookout.view(),
                remaining,
                notReady.get(),
                trouble.get());
    }

    /// Without what was read of repositories that the configuration no longer names.
    private Census census(Set<String> known) {
        try {
            var all = store.census(recipients.get());
            return new Census(
                    all.repositories().stream().filter(it -> known.contains(it.name())).toList(),
                    known(all.manifests(), known),
                    known(all.heads(), known),
                    all.plans(),
                    all.groups(),
                    all.letters(),
                    all.findings());
        } catch (StateException e) {
            LOG.warn("what is in the record can't be counted: {}", e.getMessage());
            return Census.UNKNOWN;
        }
    }

    private static List<Census.Read> known(List<Census.Read> read, Set<String> known) {
        return read.stream().filter(it -> known.contains(it.repository())).toList();
    }
}
