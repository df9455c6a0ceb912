package dev.assent.reconcile;

import dev.assent.state.Leases;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's tenure among several: leases in the record that it renews while it can. Its own clock
/// only measures how long ago it did; so a node that was paused, or cannot reach the record, knows
/// by itself when it may do nothing any more.
final class Leased implements Tenure {

    private static final Logger LOG = LoggerFactory.getLogger(Leased.class);

    /// How long a lease lasts that is not renewed: what a node was doing waits as long when it
    /// dies.
    static final Duration TERM = Duration.ofSeconds(8);

    private static final Duration PACE = Duration.ofSeconds(2);

    private final Leases leases;
    private final String holder;
    private final LongSupplier nanos;
    private final Consumer<String> whenLost;
    private final Map<String, Long> renewed = new ConcurrentHashMap<>();
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Rounds rounds = new Rounds("leases", PACE, this::renew);

    /// @param holder this node, in this life of it
    /// @param nanos a clock that nobody sets and that goes on while the process is paused
    /// @param whenLost is told of what another node has taken, or may take
    Leased(Leases leases, String holder, LongSupplier nanos, Consumer<String> whenLost) {
        this.leases = leases;
        this.holder = holder;
        this.nanos = nanos;
        this.whenLost = whenLost;
    }

    void start() {
        rounds.start();
    }

    @Override
    public boolean take(String name) {
        var asked = nanos.getAsLong();
        if (leases.take(name, holder, TERM).isEmpty()) {
            lost(name);
            return false;
        }
        renewed.put(name, asked);
        return true;
    }

    @Override
    public void want(String name) {
        wanted.add(name);
    }

    @Override
    public boolean holds(String name) {
        var last = renewed.get(name);
        return last != null && nanos.getAsLong() - last < TERM.toNanos();
    }

    @Override
    public void release(String name) {
        if (renewed.remove(name) != null) leases.release(name, holder);
    }

    /// Renews all that it has, and takes what it wants and is free; what it could not renew in time
    /// counts as lost before any other node may have taken it.
    void renew() {
        renewed.keySet().stream().filter(it -> !holds(it)).toList().forEach(this::lost);
        keep(renewed.keySet().stream().toList());
        wanted.stream().filter(it -> !holds(it)).forEach(this::take);
    }

    private void keep(Collection<String> names) {
        if (names.isEmpty()) return;
        var asked = nanos.getAsLong();
        try {
            var kept = leases.renew(names, holder, TERM);
            for (var name : names) {
                if (kept.contains(name)) renewed.computeIfPresent(name, (_, _) -> asked);
                else lost(name);
            }
        } finally {
            renewed.keySet().stream().filter(it -> !holds(it)).toList().forEach(this::lost);
        }
    }

    private void lost(String name) {
        if (renewed.remove(name) == null) return;
        LOG.warn("{} is this node's no longer; another one may go on with it", name);
        whenLost.accept(name);
    }

    @Override
    public void close() {
        rounds.close();
        renewed.clear();
        leases.releaseAll(holder);
    }
}
