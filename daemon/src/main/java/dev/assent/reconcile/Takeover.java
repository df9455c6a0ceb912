package dev.assent.reconcile;

import dev.assent.log.Complaints;
import dev.assent.plan.Digest;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.Store;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes on with what other nodes left that are no more, as every node does: the first one has it.
/// What else is owed for them, and what others have written, one node looks after for all.
public final class Takeover implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofDays(1);
    private static final int LOOKS_TO_STRAYS = 5;

    private final Store store;
    private final Reconciler reconciler;
    private final BooleanSupplier duty;
    private final List<Runnable> whenWritten;
    private final Runnable whenRecorded;
    private final Rounds rounds = new Rounds("takeover", PACE, this::round);

    /// It may have to read much, and wait for Git; what the dead were applying must not.
    private final Rounds catchUp;

    private final Complaints complaints = new Complaints();
    private Set<String> living = Set.of();
    private long looks;
    private boolean began;
    private long newest = -1;
    private long serials = -1;

    /// @param duty whether this is the node that does so
    /// @param whenWritten called when the audit trail has gone on, on whichever node
    /// @param whenRecorded called when a record has moved
    public Takeover(
            Store store,
            Reconciler reconciler,
            BooleanSupplier duty,
            List<Runnable> whenWritten,
            Runnable whenRecorded) {
        this.store = store;
        this.reconciler = reconciler;
        this.duty = duty;
        this.whenWritten = List.copyOf(whenWritten);
        this.whenRecorded = whenRecorded;
        this.catchUp = new Rounds("catch-up", SELDOM, reconciler::settingsChanged);
    }

    public void start() {
        catchUp.start();
        rounds.wake();
        rounds.start();
    }

    void round() {
        if (looks % LOOKS_TO_STRAYS == 0) reconciler.takeUpStrays();
        looks++;
        takeUp();
        if (!duty.getAsBoolean()) return;
        var now = store.leases().living();
        var gone = new HashSet<>(living);
        gone.removeAll(now);
        living = now;
        // What the former one owed, and whoever died with a plan that it had just ended.
        if (!began || !gone.isEmpty()) owed();
        began = true;
        news();
    }

    private void takeUp() {
        for (var plan : store.plans().orphaned()) {
            try {
                reconciler.takeUpOrphaned(plan);
                complaints.isOver(plan.toString());
            } catch (RuntimeException e) {
                unless(plan, e);
            }
        }
    }

    private void unless(Digest plan, RuntimeException e) {
        if (!complaints.isDue(plan.toString(), e.toString())) return;
        LOG.error("{} could not be gone on with: {}", plan.id(), e.getMessage(), e);
    }

    private void owed() {
        store.leases().tidy();
        catchUp.wake();
    }

    private void news() {
        var last =
                store.audit().newest(AuditFilter.NONE, 1).stream()
                        .mapToLong(AuditEntry::number)
                        .findFirst()
                        .orElse(0);
        if (last != newest) whenWritten.forEach(Runnable::run);
        newest = last;
        var recorded = store.records().serials();
        if (recorded != serials && serials >= 0) whenRecorded.run();
        serials = recorded;
    }

    @Override
    public void close() {
        rounds.close();
        catchUp.breakOff();
    }
}
