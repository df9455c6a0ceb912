package dev.assent.reconcile;

import dev.assent.log.About;
import dev.assent.log.Complaints;
import dev.assent.model.ServerKey;
import dev.assent.provider.Death;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.state.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees within a second or two that a server has died, whoever keeps it, has it started again where
/// nobody else does, and tells of it. One that dies again and again is started less and less often,
/// and holds up no other.
///
/// After the start of the daemon, or of the machine, everything that does not run is started: what
/// runs then is what is recorded.
public final class DeathWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeathWatch.class);

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int LOOKS_TO_TRIM = 10;

    /// One that is given up is asked about a little less often: whoever keeps it is asked then.
    private static final Duration GIVEN_UP_PACE = Duration.ofSeconds(10);

    /// Each may take a minute to mend what its death has left.
    private static final int AT_ONCE = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Store store;
    private final ApplicationSettings settings;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds("death-watch", PACE, this::look);
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    AT_ONCE, Thread.ofPlatform().daemon().name("start-", 1).factory());
    private final Complaints complaints;

    private final Map<ServerKey, Relapse> relapses = new ConcurrentHashMap<>();
    private final Map<ServerKey, Instant> givenUp = new ConcurrentHashMap<>();
    private final Set<ServerKey> starting = ConcurrentHashMap.newKeySet();
    private Roster roster = new Roster(-1, List.of());
    private long looks;
    private volatile boolean stopping;

    /// @param serials what the records were when it was written down
    private record Roster(long serials, List<ServerKey> servers) {}

    public DeathWatch(Store store, ApplicationSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.complaints = new Complaints(clock);
    }

    /// Has it done only while this node does it for all.
    public void onlyWhile(BooleanSupplier duty) {
        rounds.onlyWhile(duty);
    }

    /// Looks now, and from now on every second.
    public void start() {
        rounds.wake();
        rounds.start();
    }

    /// One look at every server.
    void look() {
        var first = looks == 0;
        var now = clock.instant();
        var byProvider = byProvider();
        byProvider.forEach((provider, servers) -> look(provider, servers, now, first));
        if (looks % LOOKS_TO_TRIM == 0) byProvider.forEach(this::trim);
        relapses.entrySet()
                .removeIf(it -> it.getValue().isOver(now) && !starting.contains(it.getKey()));
        looks++;
    }

    /// Whether nothing is being started.
    boolean isAtRest() {
        return starting.isEmpty();
    }

    private Map<Provider, List<ServerKey>> byProvider() {
        var serials = store.records().serials();
        if (roster.serials() != serials) {
            roster = new Roster(serials, store.records().builtServers());
            var servers = Set.copyOf(roster.servers());
            relapses.keySet().retainAll(servers);
            givenUp.keySet().retainAll(servers);
        }
        var found = new IdentityHashMap<Provider, List<ServerKey>>();
        for (var server : roster.servers()) {
            found.computeIfAbsent(settings.provider(server.application()), _ -> new ArrayList<>())
                    .add(server);
        }
        return found;
    }

    private void look(Provider provider, List<ServerKey> servers, Instant now, boolean first) {
        try {
            var asked = servers.stream().filter(it -> isToBeAsked(it, now)).toList();
            var deaths = provider.deaths(asked);
            complaints.isOver("look");
            var given = deaths.stream().filter(it -> it.fate() == Death.Fate.GIVEN_UP);
            var stillGivenUp = given.map(Death::server).toList();
            // What was given up and is no longer has come back: the next time is told again.
            asked.stream().filter(it -> !stillGivenUp.contains(it)).forEach(givenUp::remove);
            deaths.forEach(it -> handle(provider, it, now, first));
        } catch (ProviderException e) {
            if (!complaints.isDue("look", e.toString())) return;
            LOG.error("servers that die are not seen: {}", e.getMessage());
        }
    }

    private boolean isToBeAsked(ServerKey server, Instant now) {
        if (starting.contains(server)) return false;
        var given = givenUp.get(server);
        if (given != null && now.isBefore(given.plus(GIVEN_UP_PACE))) return false;
        var relapse = relapses.get(server);
        return relapse == null || relapse.isDue(now);
    }

    private void trim(Provider provider, List<ServerKey> servers) {
        try {
            provider.trim(servers);
            complaints.isOver("trim");
        } catch (ProviderException e) {
            if (!complaints.isDue("trim", e.toString())) return;
            LOG.warn("the servers' logs are not kept short: {}", e.getMessage());
        }
    }

    private void handle(Provider provider, Death death, Instant now, boolean first) {
        var server = death.server();
        try (var _ = About.server(server).enter()) {
            switch (death.fate()) {
                case ENDED -> begin(provider, server, now, first);
                case RESTARTED -> {
                    var relapse = relapse(server, now).started(now);
                    // Whoever has started it decides when it does so again.
                    relapses.put(
                            server,
                            new Relapse(relapse.starts(), relapse.since(), now, relapse.well()));
                    restarted(server, relapse);
                }
                case GIVEN_UP -> {
                    if (first) begin(provider, server, now, true);
                    else givenUp(server, death.detail(), now);
                }
            }
        }
    }

    private Relapse relapse(ServerKey server, Instant now) {
        return relapses.computeIfAbsent(server, _ -> Relapse.first(now));
    }

    private void begin(Provider provider, ServerKey server, Instant now, boolean first) {
        var relapse = relapse(server, now);
        starting.add(server);
        try {
            threads.execute(() -> {
                try (var _ = About.server(server).enter()) {
                    if (!stopping) start(provider, server, relapse, first);
                } finally {
                    starting.remove(server);
                }
            });
        } catch (RejectedExecutionException e) {
            starting.remove(server);
        }
    }

    private void start(Provider provider, ServerKey server, Relapse relapse, boolean first) {
        var credentials = store.credentials().get(server.application(), server.group());
        if (credentials.isEmpty()) return;
        try {
            var started = provider.start(server, credentials.get());
            var now = relapse.started(clock.instant());
            relapses.put(server, now);
            complaints.isOver(server.toString());
            if (!started) {
                LOG.debug("{} runs", server);
            } else if (first) {
                tell(server, "server.started", server + " was stopped and is started");
            } else {
                restarted(server, now);
            }
        } catch (RuntimeException e) {
            relapses.put(server, relapse.started(clock.instant()));
            failed(provider, server, e);
        }
    }

    private void failed(Provider provider, ServerKey server, RuntimeException failure) {
        if (stopping) return;
        // It was removed, or fenced, while its start waited for its turn.
        if (failure instanceof ProviderException && provider.deaths(List.of(server)).isEmpty()) {
            LOG.debug("{} is not to run any more", server, failure);
            return;
        }
        var why = String.valueOf(failure.getMessage());
        if (!complaints.isDue(server.toString(), why)) return;
        try (var _ = About.NOTHING.event("server.not-started").enter()) {
            if (failure instanceof ProviderException) {
                LOG.error("{}; this is tried again, at least every minute", why);
            } else {
                LOG.error("{} could not be started: {}", server, why, failure);
            }
        }
        note(server, "server.not-started", why.lines().findFirst().orElse(""));
    }

    private void restarted(ServerKey server, Relapse relapse) {
        tell(
                server,
                "server.restarted",
                server + " had died and was started again" + relapse.words());
    }

    private void givenUp(ServerKey server, String why, Instant now) {
        if (givenUp.put(server, now) != null) return;
        try (var _ = About.NOTHING.event("server.given-up").enter()) {
            LOG.error("{} has died and is not started again: {}", server, why);
        }
        note(server, "server.given-up", server + " has died and is not started again: " + why);
    }

    private void tell(ServerKey server, String event, String what) {
        try (var _ = About.NOTHING.event(event).enter()) {
            LOG.warn("{}", what);
        }
        note(server, event, what);
    }

    private void note(ServerKey server, String event, String what) {
        store.audit().note("assent", event, server.application(), what);
    }

    /// Starts nothing any more; what is being started has a moment to come up, and does so without
    /// us if it takes longer.
    @Override
    public void close() {
        stopping = true;
        rounds.breakOff();
        threads.shutdown();
        try {
            if (threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
