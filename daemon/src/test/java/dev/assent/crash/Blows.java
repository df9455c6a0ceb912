package dev.assent.crash;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Deals a blow to a node at a steady pace, and never to the last one that is well.
final class Blows implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(50);

    /// A blow that was dealt.
    ///
    /// @param open the digests of the plans that were under way then
    record Dealt(Instant at, Blow blow, String node, List<String> open) {}

    private final Cluster cluster;
    private final List<Blow> kinds;
    private final Duration pace;
    private final Random random;
    private final PrintStream out;
    private final List<Dealt> dealt = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> lasting = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = Thread.ofPlatform().name("blows").unstarted(this::go);
    private final long began = System.nanoTime();
    private volatile boolean over;

    Blows(Cluster cluster, List<Blow> kinds, Duration pace, long seed, PrintStream out) {
        this.cluster = cluster;
        this.kinds = kinds;
        this.pace = pace;
        this.random = new Random(seed);
        this.out = out;
    }

    void start() {
        thread.start();
    }

    List<Dealt> dealt() {
        return List.copyOf(dealt);
    }

    private void go() {
        var next = System.nanoTime() + pace.toNanos();
        while (!over) {
            var kind = kinds.get(random.nextInt(kinds.size()));
            var order = new ArrayList<>(cluster.nodes());
            Collections.shuffle(order, random);
            var victim = Optional.<Node>empty();
            while (victim.isEmpty()) {
                Cluster.pause(MOMENT);
                if (over) return;
                if (System.nanoTime() >= next) victim = victim(order);
            }
            next = System.nanoTime() + pace.toNanos();
            deal(kind, victim.get());
        }
    }

    /// The first of the nodes that are well; none where only one is, which has to go on.
    private static Optional<Node> victim(List<Node> nodes) {
        var well = nodes.stream().filter(Node::isWell).toList();
        return well.size() < 2 ? Optional.empty() : Optional.of(well.getFirst());
    }

    private void deal(Blow blow, Node node) {
        var open =
                cluster
                        .record()
                        .rows("SELECT digest FROM plan WHERE state IN ('approved', 'applying')")
                        .stream()
                        .map(List::getFirst)
                        .toList();
        dealt.add(new Dealt(Instant.now(), blow, node.name(), open));
        out.printf(
                "%4d s  %s %s, %d plans under way%n",
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                blow.word(),
                node.name(),
                open.size());
        lasting.add(Thread.ofVirtual().start(() -> blow.deal(cluster, node)));
    }

    /// Deals no more, and waits until the last ones are over.
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
            for (var each : lasting) each.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
