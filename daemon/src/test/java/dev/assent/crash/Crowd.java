package dev.assent.crash;

import dev.assent.http.Client;
import dev.assent.http.RefusedException;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The people: some push what their applications want next, others say yes, on whichever node
/// answers them, and sometimes several at once to the same plan.
final class Crowd {

    private static final int APPROVERS = 2;
    private static final Duration PACE = Duration.ofMillis(100);

    /// When it is clear that nothing goes on any more.
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final List<Life> lives;
    private final long seed;
    private final Map<Life, Integer> pushed = new HashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger resumed = new AtomicInteger();
    private volatile boolean over;

    Crowd(Cluster cluster, List<Life> lives, long seed) {
        this.cluster = cluster;
        this.lives = List.copyOf(lives);
        this.seed = seed;
    }

    /// What they have seen that should not be.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// How often a plan had failed and was told to go on.
    int resumed() {
        return resumed.get();
    }

    /// Works until so much of each life is lived, or nothing goes on.
    ///
    /// @param most how many plans of each are enough
    /// @return whether they are applied
    boolean work(int most) throws IOException {
        over = false;
        var approvers = new ArrayList<Thread>();
        for (var number = 1; number <= APPROVERS; number++) {
            var random = new Random(seed * 31 + number);
            approvers.add(Thread.ofVirtual().start(() -> sayYes(random)));
        }
        try {
            var moved = System.nanoTime();
            var before = Map.<String, Integer>of();
            while (true) {
                var applied = applied(cluster.record());
                if (lives.stream().allMatch(it -> count(applied, it) >= Math.min(most, it.plans())))
                    return true;
                if (!applied.equals(before)) moved = System.nanoTime();
                before = applied;
                if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
                    complaints.add("nothing was applied for %s".formatted(STANDSTILL));
                    return false;
                }
                push(applied, most);
                Cluster.pause(PACE);
            }
        } finally {
            over = true;
            for (var each : approvers) join(each);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How many plans of each application were applied.
    static Map<String, Integer> applied(RecordReader record) {
        var applied = new TreeMap<String, Integer>();
        for (var row :
                record.rows(
                        """
                        SELECT application, count(*)
                          FROM plan
                         WHERE state = 'applied'
                         GROUP BY application\
                        """)) {
            applied.put(row.getFirst(), Integer.parseInt(row.getLast()));
        }
        return applied;
    }

    private static int count(Map<String, Integer> applied, Life life) {
        return applied.getOrDefault(life.application().toString(), 0);
    }

    /// What is wanted next by those whose last wish was fulfilled.
    private void push(Map<String, Integer> applied, int most) throws IOException {
        var manifests = new TreeMap<String, String>();
        for (var life : lives) {
            var number = pushed.getOrDefault(life, 0);
            if (number == Math.min(most, life.plans()) || count(applied, life) < number) continue;
            pushed.put(life, number + 1);
            manifests.put(life.application().app(), life.manifest(number + 1));
        }
        if (!manifests.isEmpty()) cluster.platform().push(manifests);
    }

    private void sayYes(Random random) {
        while (!over) {
            var plans = cluster.ask(random, it -> it.plans(Optional.empty(), false).plans());
            for (var plan : plans.orElse(List.of())) answer(plan, random);
            Cluster.pause(PACE);
        }
    }

    private void answer(PlanSummary plan, Random random) {
        try {
            switch (plan.state()) {
                case "proposed" ->
                        cluster.ask(
                                random,
                                it ->
                                        it.approve(
                                                plan.id(),
                                                new ApproveRequest(
                                                        Optional.of(plan.digest()),
                                                        Optional.of(plan.destroys()),
                                                        Optional.empty())));
                case "failed" -> {
                    if (cluster.ask(random, (Client it) -> it.apply(plan.id())).isPresent())
                        resumed.incrementAndGet();
                }
                case "needs-decision" -> {
                    var complaint = plan.id() + " needs a decision";
                    if (!complaints.contains(complaint)) complaints.add(complaint);
                }
                default -> {}
            }
        } catch (RefusedException e) {
            // Somebody was faster.
        }
    }
}
