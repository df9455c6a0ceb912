package dev.assent;

import dev.assent.cli.Cli;
import dev.assent.configuration.Configuration;
import dev.assent.http.Vitals;
import dev.assent.metrics.Metrics;
import dev.assent.metrics.Sources;
import dev.assent.observation.Observers;
import dev.assent.reconcile.Lookout;
import dev.assent.reconcile.Pulse;
import dev.assent.reconcile.Supervisor;
import dev.assent.reconcile.notification.Notifications;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What is counted and looked at for those who watch the daemon.
final class Counting implements AutoCloseable {

    private final Sources sources;
    private final Vitals vitals;
    private final AtomicReference<Optional<Metrics>> metrics =
            new AtomicReference<>(Optional.empty());

    Counting(
            InForce settings,
            Store store,
            Supervisor supervisor,
            Pulse pulse,
            Consumer<Lookout.View> seen,
            Path state,
            Supplier<Optional<String>> notReady,
            InstantSource clock) {
        var lookout = new Lookout(store.records()::all, supervisor::health, clock);
        lookout.whenSeen(seen);
        this.sources =
                new Sources(
                        store,
                        state,
                        lookout,
                        settings::all,
                        () -> recipients(settings.configuration()),
                        () -> notReady.get().or(store::trouble),
                        pulse::trouble,
                        Cli.version(),
                        clock);
        this.vitals =
                new Vitals(
                        notReady,
                        sources.trouble(),
                        accept -> metrics.get().map(it -> it.page(accept)));
    }

    private static List<String> recipients(Configuration configuration) {
        return Stream.concat(
                        configuration.notifications().stream()
                                .map(it -> Notifications.PREFIX + ":" + it.name()),
                        configuration.forges().keySet().stream().map(it -> "forge:" + it))
                .toList();
    }

    Vitals vitals() {
        return vitals;
    }

    /// Looks at the servers as soon as it can.
    void look() {
        sources.lookout().soon();
    }

    /// Loads some hundred classes.
    void start(Observers observers) {
        var counted = new Metrics(sources);
        metrics.set(Optional.of(counted));
        observers.tell(counted);
        sources.lookout().start();
    }

    @Override
    public void close() {
        sources.lookout().close();
        metrics.get().ifPresent(Metrics::close);
    }
}
