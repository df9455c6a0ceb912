package dev.assent.reconcile;

import dev.assent.state.Leases;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to work on a record that several daemons share: one of them has it, the others stand
/// by. It is a lease in the record that is renewed while that is possible. The daemon's own clock
/// only measures how long ago that was; so one that was paused, or cannot reach the record, knows
/// by itself that another one may be at work by now.
public final class Leased implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leased.class);

    /// How long a lease lasts that is not renewed: what a daemon was doing waits as long when it
    /// dies.
    static final Duration TERM = Duration.ofSeconds(8);

    private static final Duration PACE = Duration.ofSeconds(2);
    private static final String NAME = "work";

    private final Leases leases;
    private final String holder;
    private final LongSupplier nanos;
    private final Runnable whenLost;
    private final Rounds rounds = new Rounds("lease", PACE, this::renew);
    private volatile long renewed;
    private volatile boolean lost;

    /// @param holder this daemon, in this life of it
    /// @param nanos a clock that nobody sets and that goes on while the process is paused
    /// @param whenLost is called when another daemon has the right, or may have it
    public Leased(Leases leases, String holder, LongSupplier nanos, Runnable whenLost) {
        this.leases = leases;
        this.holder = holder;
        this.nanos = nanos;
        this.whenLost = whenLost;
    }

    /// Takes the right where no other daemon has it, or keeps it.
    ///
    /// @return whether it is this daemon's now
    public boolean take() {
        var asked = nanos.getAsLong();
        if (leases.take(NAME, holder, TERM).isEmpty()) return false;
        renewed = asked;
        return true;
    }

    /// Who has the right now, as far as the record says.
    public String holder() {
        return leases.holder(NAME).orElse("nobody");
    }

    /// Keeps it from now on.
    public void start() {
        rounds.start();
    }

    void renew() {
        if (lost) return;
        try {
            if (!isOver() && !take()) lose();
        } finally {
            if (isOver()) lose();
        }
    }

    /// Whether it could not be renewed for so long that another daemon may have taken it.
    private boolean isOver() {
        return nanos.getAsLong() - renewed >= TERM.toNanos();
    }

    private void lose() {
        if (lost) return;
        lost = true;
        LOG.error(
                "this daemon may not go on, since it could not renew its lease on the record for {} s: another one may be at work by now",
                TERM.toSeconds());
        whenLost.run();
    }

    /// Leaves the right to others.
    @Override
    public void close() {
        rounds.close();
        leases.releaseAll(holder);
    }
}
