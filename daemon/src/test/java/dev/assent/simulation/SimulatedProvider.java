package dev.assent.simulation;

import dev.assent.engine.Answer;
import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Given;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Health;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Servers of memory, which outlive the daemon. A call may fail, take its time, be cut off by the
/// daemon's death, or do what it should and say that it failed.
final class SimulatedProvider implements Provider {

    static final Catalogue CATALOGUE =
            Given.catalogue(
                    Map.of(
                            Variant.POSTGRESQL,
                            List.of(new Version("16.15"), new Version("17.11")),
                            Variant.REDIS,
                            List.of(new Version("7.0.15"))));

    /// @param source whom it follows
    /// @param credentials those that it knows
    /// @param builder the step that it was built for
    record Server(
            Endpoint endpoint,
            Version version,
            Optional<ServerKey> source,
            GroupCredentials credentials,
            Health.State state,
            Optional<StepKey> builder) {

        Server in(Health.State state) {
            return new Server(endpoint, version, source, credentials, state, builder);
        }

        Server following(Optional<ServerKey> source, GroupCredentials credentials) {
            return new Server(
                    endpoint, version, source, credentials, Health.State.RUNNING, builder);
        }

        Server builtFor(Optional<StepKey> step) {
            return new Server(endpoint, version, source, credentials, state, step);
        }

        Server knowing(GroupCredentials credentials) {
            return new Server(endpoint, version, source, credentials, state, builder);
        }
    }

    final SortedMap<ServerKey, Server> servers =
            new TreeMap<>(Comparator.comparing(ServerKey::toString));
    private final Simulation world;
    private int ports = 20_000;

    SimulatedProvider(Simulation world) {
        this.world = world;
    }

    /// A call that changes something, if it is not so already.
    private void change(String verb, ServerKey key, boolean isSo, Runnable effect) {
        var what = verb + " " + key;
        world.moment(what, true);
        if (world.strikes(Weather::fails)) {
            world.log("  the provider fails to " + what);
            throw new ProviderException("the machine refuses to " + what);
        }
        if (!isSo) {
            world.effect(verb, key);
            world.log("  the provider does " + what);
            effect.run();
        }
        world.moment("having done " + what, false);
        if (world.strikes(Weather::loses)) {
            world.log("  the provider loses the answer of " + what);
            throw new ProviderException("no answer came whether it could " + what);
        }
    }

    private Server server(ServerKey key) {
        var found = servers.get(key);
        if (found == null) throw new ProviderException("there is no " + key);
        return found;
    }

    /// A server stops by itself.
    void die(ServerKey key) {
        if (server(key).state() == Health.State.RUNNING) {
            put(key, server(key).in(Health.State.STOPPED));
        }
    }

    /// Somebody removes what nobody else does.
    void removeByHand(ServerKey key) {
        servers.remove(key);
    }

    /// Whether there is nothing to be found by looking.
    boolean isWell() {
        return servers.values().stream()
                .allMatch(it ->
                        it.state() == Health.State.RUNNING
                                && it.source().filter(s -> !servers.containsKey(s)).isEmpty());
    }

    private void put(ServerKey key, Server server) {
        servers.put(key, server);
    }

    @Override
    public Catalogue catalogue() {
        return CATALOGUE;
    }

    @Override
    public Endpoint build(BuildOrder order, Progress progress) {
        var key = order.key();
        if (servers.containsKey(key) && !server(key).builder().equals(progress.step())) {
            throw new OccupiedException(key + " is there already, and not of this step");
        }
        change(
                "build",
                key,
                servers.containsKey(key),
                () -> {
                    order.source().ifPresent(this::server);
                    var place = order.place().orElseGet(() -> new Endpoint("127.0.0.1", ports++));
                    var version = CATALOGUE.newest(order.specification()).orElseThrow();
                    put(
                            key,
                            new Server(
                                    place,
                                    version,
                                    order.source(),
                                    order.credentials(),
                                    Health.State.RUNNING,
                                    progress.step()));
                    progress.says("building");
                });
        return server(key).endpoint();
    }

    @Override
    public Endpoint rebuild(BuildOrder order, Progress progress) {
        var key = order.key();
        change(
                "rebuild",
                key,
                false,
                () -> {
                    order.source().ifPresent(this::server);
                    put(key, server(key).following(order.source(), order.credentials()));
                });
        return server(key).endpoint();
    }

    @Override
    public void follow(BuildOrder order, Progress progress) {
        var key = order.key();
        change(
                "follow",
                key,
                false,
                () -> {
                    order.source().ifPresent(this::server);
                    put(key, server(key).following(order.source(), order.credentials()));
                });
    }

    @Override
    public void fence(
            ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress) {
        var isSo = server(primary).state() == Health.State.FENCED;
        change("fence", primary, isSo, () -> put(primary, server(primary).in(Health.State.FENCED)));
    }

    @Override
    public void forsake(ServerKey primary, Progress progress) {
        if (!servers.containsKey(primary)) return;
        change(
                "forsake",
                primary,
                false,
                () -> put(primary, server(primary).in(Health.State.FENCED)));
    }

    @Override
    public void promote(ServerKey replica, GroupCredentials credentials, Progress progress) {
        var isSo = server(replica).source().isEmpty();
        change(
                "promote",
                replica,
                isSo,
                () ->
                        put(
                                replica,
                                server(replica)
                                        .following(
                                                Optional.empty(), server(replica).credentials())));
    }

    @Override
    public void rekey(
            ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress) {
        var isSo = server(server).credentials().equals(to);
        change(
                "rekey",
                server,
                isSo,
                () -> {
                    if (!server(server).credentials().equals(from)) {
                        throw new Violation(
                                server + " knows neither the old nor the new passwords");
                    }
                    put(server, server(server).knowing(to));
                });
    }

    @Override
    public void configure(ServerKey server, GroupCredentials credentials, Progress progress) {
        change(
                "configure",
                server,
                false,
                () -> put(server, server(server).in(Health.State.RUNNING)));
    }

    @Override
    public void remove(ServerKey server, Progress progress) {
        change("remove", server, !servers.containsKey(server), () -> servers.remove(server));
    }

    @Override
    public void discard(ServerKey server, StepKey builder, Progress progress) {
        var found = Optional.ofNullable(servers.get(server));
        if (found.flatMap(Server::builder).equals(Optional.of(builder))) remove(server, progress);
    }

    @Override
    public Settled probe(StepKey step, Work work) {
        world.moment("probe " + work.server(), false);
        var found = Optional.ofNullable(servers.get(work.server()));
        return switch (work) {
            case Work.Alter _ -> new Settled.Repeatable("it is there");
            case Work.Remove _ ->
                    found.isPresent()
                            ? new Settled.NotStarted("it is there")
                            : new Settled.Done("it is gone");
            case Work.Build _ -> {
                if (found.isEmpty()) yield new Settled.NotStarted("it is not there");
                var ours = found.get().builder().equals(Optional.of(step));
                yield ours
                        ? new Settled.Done("it is there")
                        : new Settled.Unclear("another one is there");
            }
        };
    }

    @Override
    public void adopt(BuildOrder order, Progress progress) {
        var server = server(order.key());
        if (!server.source().equals(order.source())
                || !server.credentials().equals(order.credentials())) {
            throw new ProviderException(order.key() + " is not what was ordered");
        }
        put(order.key(), server.builtFor(progress.step()));
    }

    @Override
    public boolean start(ServerKey server, GroupCredentials credentials) {
        var isSo = server(server).state() != Health.State.STOPPED;
        change("start", server, isSo, () -> put(server, server(server).in(Health.State.RUNNING)));
        return !isSo;
    }

    @Override
    public Health health(ServerKey key, GroupCredentials credentials) {
        var server = servers.get(key);
        if (server == null) return Health.missing("nothing of it is there");
        var source = server.source().flatMap(it -> Optional.ofNullable(servers.get(it)));
        var answer =
                new Answer(
                        server.version(),
                        server.source().isPresent(),
                        source.map(Server::endpoint),
                        Optional.empty(),
                        Optional.empty());
        return new Health(
                server.state(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(answer).filter(_ -> server.state() == Health.State.RUNNING),
                Optional.empty(),
                List.of(),
                OptionalLong.empty());
    }

    @Override
    public void close() {}
}
