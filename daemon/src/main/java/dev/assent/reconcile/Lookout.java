package dev.assent.reconcile;

import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.ServerKey;
import dev.assent.provider.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every recorded server, again and again, and remembers what it saw: whoever asks how
/// many run gets an answer at once, however many there are and however slow they are.
public final class Lookout implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private static final Duration PACE = Duration.ofMinutes(1);

    /// Where many plans end at once, one look is for all of them.
    private static final Duration CALM = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 8;

    private final Supplier<List<Recorded>> records;
    private final Function<ServerKey, Health> look;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds("lookout", PACE, CALM, this::goRound);

    /// Few threads: a look can be a process or a connection each.
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    AT_ONCE, Thread.ofPlatform().daemon().name("look-", 1).factory());

    private volatile Optional<View> view = Optional.empty();

    private volatile Consumer<View> listener = _ -> {};

    /// What was seen in one round.
    ///
    /// @param records what was recorded when it began
    public record View(Instant at, List<Recorded> records, List<Seen> servers) {

        public View {
            records = List.copyOf(records);
            servers = List.copyOf(servers);
        }
    }

    /// One server.
    ///
    /// @param replica whether it should follow another server
    public record Seen(ServerKey key, boolean replica, Health health) {

        /// `postgresql`.
        public String engine() {
            return key.group().engine().word();
        }

        /// Whether it is a replica that answers and does not follow.
        public boolean isCutOff() {
            return replica
                    && health.state() == Health.State.RUNNING
                    && health.detail().isPresent()
                    && health.lag().isEmpty();
        }
    }

    private record Server(ServerKey key, boolean replica) {}

    /// @param look what can be seen of a server now
    public Lookout(
            Supplier<List<Recorded>> records,
            Function<ServerKey, Health> look,
            InstantSource clock) {
        this.records = records;
        this.look = look;
        this.clock = clock;
    }

    /// Tells a listener what was seen, after each round.
    public void whenSeen(Consumer<View> listener) {
        this.listener = listener;
    }

    /// Looks now, and from now on every minute.
    public void start() {
        rounds.wake();
        rounds.start();
    }

    /// Looks as soon as it can: much may be otherwise than it was seen last.
    public void soon() {
        rounds.wake();
    }

    /// What was seen last; empty before the first round has ended.
    public Optional<View> view() {
        return view;
    }

    void goRound() {
        var recorded = records.get();
        var servers = servers(recorded);
        try {
            var looks = servers.stream().map(it -> (Callable<Health>) () -> look(it)).toList();
            var ended = threads.invokeAll(looks, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var seen = new ArrayList<Seen>();
            for (var i = 0; i < servers.size(); i++) {
                var server = servers.get(i);
                var health =
                        ended.get(i).state() == Future.State.SUCCESS
                                ? ended.get(i).resultNow()
                                : Health.unreachable("it could not be looked at in time");
                seen.add(new Seen(server.key(), server.replica(), health));
            }
            var now = new View(clock.instant(), recorded, seen);
            view = Optional.of(now);
            listener.accept(now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Health look(Server server) {
        try {
            return look.apply(server.key());
        } catch (RuntimeException e) {
            LOG.debug("could not look at {}", server.key(), e);
            return Health.unreachable(String.valueOf(e.getMessage()));
        }
    }

    private static List<Server> servers(List<Recorded> records) {
        var servers = new ArrayList<Server>();
        for (var recorded : records) {
            for (var group : recorded.groups()) servers.addAll(servers(recorded, group));
        }
        return servers;
    }

    private static List<Server> servers(Recorded recorded, RecordedGroup group) {
        return group.servers().stream()
                .map(it ->
                        new Server(
                                new ServerKey(recorded.application(), group.name(), it.name()),
                                // What follows what in a group that was adopted, nobody here knows.
                                group.origin() != Origin.ADOPTED
                                        && (!it.equals(group.primaryServer())
                                                || group.standing().replicatesFrom().isPresent())))
                .toList();
    }

    /// Looks no more; whoever is being waited for is left.
    @Override
    public void close() {
        rounds.breakOff();
        threads.shutdownNow();
    }
}
