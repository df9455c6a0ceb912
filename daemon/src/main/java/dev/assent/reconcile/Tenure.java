package dev.assent.reconcile;

import dev.assent.state.Leases;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's life among those that share a record: a lease that it renews while it can. With it goes
/// the lease on what one node does for all, which whoever is first has until its life is over. The
/// daemon's own clock only measures how long ago that was; so one that was paused, or cannot reach
/// the record, knows by itself that others may go on with what it did.
public final class Tenure implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    /// How long a lease lasts that is not renewed: what a node was doing waits as long when it
    /// dies.
    static final Duration TERM = Duration.ofSeconds(8);

    private static final Duration PACE = Duration.ofSeconds(2);

    /// A renewal may wait for an answer for longer than the lease lasts.
    private static final Duration WATCH = Duration.ofMillis(500);

    private final Leases leases;
    private final String holder;
    private final LongSupplier nanos;
    private final Runnable whenLost;
    private final Rounds rounds = new Rounds("lease", PACE, this::renew);
    private final Rounds watch = new Rounds("lease-watch", WATCH, this::look);
    private volatile long renewed;
    private volatile boolean onDuty;
    private volatile boolean volunteers;
    private final AtomicBoolean lost = new AtomicBoolean();

    /// @param holder this node, in this life of it: no other one ever had that name
    /// @param nanos a clock that nobody sets and that goes on while the process is paused
    /// @param whenLost is called when the life is over, or may be: the process has to end on the
    ///   spot
    public Tenure(Leases leases, String holder, LongSupplier nanos, Runnable whenLost) {
        this.leases = leases;
        this.holder = holder;
        this.nanos = nanos;
        this.whenLost = whenLost;
    }

    /// This node, in this life of it.
    public String holder() {
        return holder;
    }

    /// Begins, and goes on from now on.
    public void start() {
        begin();
        rounds.start();
        watch.start();
    }

    void begin() {
        var asked = nanos.getAsLong();
        leases.begin(holder, TERM);
        renewed = asked;
        renew();
    }

    /// Whether this node does what one node does for all, beyond doubt and without asking anybody.
    public boolean isOnDuty() {
        return onDuty && !lost.get() && !isOver();
    }

    /// Is ready to do what one node does for all, which it does as soon as nobody else does.
    public void volunteer() {
        volunteers = true;
        rounds.wake();
    }

    /// Leaves to others what one node does for all, before the rest ends.
    public synchronized void resign() {
        volunteers = false;
        onDuty = false;
        leases.leave(Leases.DUTIES);
    }

    private synchronized Optional<Boolean> renewed() {
        if (volunteers) return leases.renewAndTake(Leases.DUTIES, TERM);
        return leases.renew(TERM) ? Optional.of(false) : Optional.empty();
    }

    void renew() {
        if (lost.get()) return;
        try {
            if (isOver()) return;
            var asked = nanos.getAsLong();
            var duty = renewed();
            // It goes with the life: who had it and has it no more is not alone any more.
            if (duty.isEmpty() || (onDuty && !duty.get() && volunteers)) {
                lose();
                return;
            }
            renewed = asked;
            if (duty.get() && !onDuty && volunteers)
                LOG.info("node {} does what one does for all", holder);
            onDuty = duty.get() && volunteers;
        } finally {
            look();
        }
    }

    void look() {
        if (isOver()) lose();
    }

    /// Whether it could not be renewed for so long that others may go on with what it did.
    private boolean isOver() {
        return nanos.getAsLong() - renewed >= TERM.toNanos();
    }

    private void lose() {
        if (lost.getAndSet(true)) return;
        LOG.error(
                "this daemon may not go on, since it could not renew its lease on the record for {} s: other nodes go on with what it did",
                TERM.toSeconds());
        whenLost.run();
    }

    /// Leaves everything to others.
    @Override
    public void close() {
        watch.close();
        rounds.close();
        onDuty = false;
        if (!lost.get()) leases.releaseAll(holder);
    }
}
