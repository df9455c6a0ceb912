package dev.assent.apply;

import static dev.assent.plan.Given.CATALOGUE;

import dev.assent.engine.Answer;
import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.model.Version;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Death;
import dev.assent.provider.Health;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A provider whose servers are entries in a map, for what can't be had from a real one on demand:
/// a failure at a chosen server.
public final class ScriptedProvider implements Provider {

    private final Map<ServerKey, BuildOrder> built = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Health> healths = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private volatile boolean catalogueIsGone;

    private final Map<ServerKey, Death> dead = new ConcurrentHashMap<>();
    private final List<String> tries = new CopyOnWriteArrayList<>();
    private final Set<String> slow = new HashSet<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private int trims;

    /// The step that each server was built for, and that something was done to it for last.
    private final Map<ServerKey, StepKey> builders = new ConcurrentHashMap<>();

    private final Map<ServerKey, StepKey> marks = new ConcurrentHashMap<>();
    private final Map<String, Boolean> foreign = new ConcurrentHashMap<>();
    private Runnable touched = () -> {};
    private final Map<String, Settled> settled = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final AtomicInteger probes = new AtomicInteger();

    /// From now on this is what can be told of what became of a server.
    public void settle(String server, Settled evidence) {
        settled.put(server, evidence);
    }

    /// From now on nobody can ask what became of a server, or can again.
    public void hide(String server, boolean hidden) {
        if (hidden) unreachable.add(server);
        else unreachable.remove(server);
    }

    /// How often it was asked what became of something.
    public int probes() {
        return probes.get();
    }

    /// Another server stands in this one's place, that somebody else has built.
    ///
    /// @param fits whether it is as this one was to be
    public void occupy(String server, boolean fits) {
        foreign.put(server, fits);
    }

    /// It stands there no more.
    public void vacate(String server) {
        foreign.remove(server);
    }

    public boolean isOccupied(String server) {
        return foreign.containsKey(server);
    }

    /// From now on this is called before and after each call that changes something.
    public void whenTouched(Runnable touched) {
        this.touched = touched;
    }

    /// The servers that are there and were built here.
    public Set<String> servers() {
        return built.keySet().stream().map(it -> it.server().name()).collect(Collectors.toSet());
    }

    /// From now on nothing can be planned, or can again.
    public void catalogueIsGone(boolean gone) {
        catalogueIsGone = gone;
    }

    /// From now on, building or removing this server fails.
    public void breakServer(String name) {
        broken.add(name);
    }

    public void mendServer(String name) {
        broken.remove(name);
    }

    /// What was asked for that changed something, in order.
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /// The order that a server was built by.
    public BuildOrder order(String name) {
        return built.values().stream()
                .filter(it -> it.key().server().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Catalogue catalogue() {
        if (catalogueIsGone) throw new IllegalStateException("the catalogue is gone");
        return CATALOGUE;
    }

    @Override
    public Endpoint build(BuildOrder order, Progress progress) {
        failIfBroken(order.key());
        touched.run();
        if (isOccupied(order.key().server().name())) {
            throw new OccupiedException(order.key() + ": another server is there already");
        }
        progress.step().ifPresent(it -> builders.put(order.key(), it));
        if (built.putIfAbsent(order.key(), order) == null) {
            calls.add("build " + order.key().server());
            progress.says("building");
        }
        touched.run();
        return endpoint(order);
    }

    private Endpoint endpoint(BuildOrder order) {
        var number = List.copyOf(built.keySet()).indexOf(order.key());
        return new Endpoint("127.0.0.1", 20_000 + number);
    }

    /// What was asked for is done, and noted as that.
    private void mark(ServerKey server, Progress progress, String call) {
        touched.run();
        calls.add(call);
        progress.step().ifPresent(it -> marks.put(server, it));
        touched.run();
    }

    @Override
    public void discard(ServerKey server, StepKey builder, Progress progress) {
        if (builder.equals(builders.get(server))) remove(server, progress);
    }

    @Override
    public void adopt(BuildOrder order, Progress progress) {
        if (!foreign.getOrDefault(order.key().server().name(), false)) {
            throw new ProviderException(order.key() + ": it is not what was ordered");
        }
        vacate(order.key().server().name());
        built.put(order.key(), order);
        progress.step().ifPresent(it -> builders.put(order.key(), it));
    }

    @Override
    public Settled probe(StepKey step, Work work) {
        probes.incrementAndGet();
        var server = work.server();
        var name = server.server().name();
        if (unreachable.contains(name)) {
            throw new ProviderException(server + ": nobody answers there");
        }
        if (settled.containsKey(name)) return settled.get(name);
        if (isOccupied(name)) return new Settled.Unclear("another server is there already");
        var done =
                switch (work) {
                    case Work.Build _ -> built.containsKey(server);
                    case Work.Remove _ -> !built.containsKey(server);
                    case Work.Alter _ -> step.equals(marks.get(server));
                };
        return done
                ? new Settled.Done("the map tells of " + name)
                : new Settled.NotStarted("the map knows nothing of " + name);
    }

    @Override
    public Endpoint rebuild(BuildOrder order, Progress progress) {
        failIfBroken(order.key());
        built.put(order.key(), order);
        mark(order.key(), progress, "rebuild " + order.key().server() + source(order));
        return endpoint(order);
    }

    @Override
    public void follow(BuildOrder order, Progress progress) {
        failIfBroken(order.key());
        built.put(order.key(), order);
        mark(order.key(), progress, "follow " + order.key().server() + source(order));
    }

    private static String source(BuildOrder order) {
        return " from " + order.source().orElseThrow().server();
    }

    @Override
    public void fence(
            ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress) {
        failIfBroken(primary);
        mark(primary, progress, "fence " + primary.server() + " for " + heir.server());
    }

    @Override
    public void forsake(ServerKey primary, Progress progress) {
        mark(primary, progress, "forsake " + primary.server());
    }

    @Override
    public void promote(ServerKey replica, GroupCredentials credentials, Progress progress) {
        failIfBroken(replica);
        mark(replica, progress, "promote " + replica.server());
    }

    @Override
    public void rekey(
            ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress) {
        failIfBroken(server);
        mark(server, progress, "rekey " + server.server());
    }

    @Override
    public void configure(ServerKey server, GroupCredentials credentials, Progress progress) {
        failIfBroken(server);
        mark(server, progress, "configure " + server.server());
    }

    @Override
    public void remove(ServerKey server, Progress progress) {
        if (built.containsKey(server)) failIfBroken(server);
        touched.run();
        builders.remove(server);
        if (built.remove(server) != null) calls.add("remove " + server.server());
        touched.run();
    }

    @Override
    public boolean start(ServerKey server, GroupCredentials credentials) {
        tries.add(server.server().name());
        if (slow.contains(server.server().name())) hold();
        failIfBroken(server);
        return dead.remove(server) != null;
    }

    private void hold() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("it was interrupted", e);
        }
    }

    @Override
    public List<Death> deaths(Collection<ServerKey> servers) {
        var found = dead.values().stream().filter(it -> servers.contains(it.server())).toList();
        found.stream()
                .filter(it -> it.fate() == Death.Fate.RESTARTED)
                .forEach(it -> dead.remove(it.server()));
        return found;
    }

    @Override
    public void trim(Collection<ServerKey> servers) {
        trims++;
    }

    /// From now on a server is dead, until somebody starts it.
    public void die(String name, Death.Fate fate, String detail) {
        var key = order(name).key();
        dead.put(key, new Death(key, fate, detail));
    }

    /// It runs again, and not through us.
    public void live(String name) {
        dead.remove(order(name).key());
    }

    /// Its start does not come back until somebody releases it.
    public void slowServer(String name) {
        slow.add(name);
    }

    public void release() {
        released.countDown();
    }

    /// The servers whose start was tried, in order.
    public List<String> tries() {
        return List.copyOf(tries);
    }

    public int trims() {
        return trims;
    }

    @Override
    public Health health(ServerKey server, GroupCredentials credentials) {
        return healths.getOrDefault(server.server().name(), Health.missing("a map has no health"));
    }

    /// Has a server be in a state, and answer as one that takes writes where it runs.
    void show(String server, Health.State state) {
        var answer =
                new Answer(
                        new Version("16.15"),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        healths.put(
                server,
                new Health(
                        state,
                        OptionalLong.empty(),
                        Optional.empty(),
                        state == Health.State.RUNNING ? Optional.of(answer) : Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        OptionalLong.empty()));
    }

    @Override
    public void close() {}

    private void failIfBroken(ServerKey server) {
        if (broken.contains(server.server().name())) {
            throw new ProviderException(server + ": could not be touched: it is broken");
        }
    }
}
