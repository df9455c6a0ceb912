package dev.assent.metrics;

import dev.assent.reconcile.Lookout;
import dev.assent.source.Repository;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
        InstantSource clock) {}
