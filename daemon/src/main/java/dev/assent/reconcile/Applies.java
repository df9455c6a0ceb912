package dev.assent.reconcile;

import dev.assent.apply.Applier;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.state.Approval;
import dev.assent.state.StateException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plans that are being applied: different applications in parallel, a bounded number at once.
/// That one application applies one plan at a time is the store's rule.
final class Applies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Applies.class);

    /// Most of a plan's time is spent waiting for a server to come up, or for the disk; so many
    /// more than the machine has processors.
    private static final int AT_ONCE = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// How long nothing is tried after the record could not be written: longer each time, since
    /// somebody has to make room, or to mend the disk.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Applier applier;
    private final Predicate<Approval> underWay;
    private final Consumer<ApplicationName> afterwards;
    private final ExecutorService threads;

    /// How many attempts at each plan are on their way here.
    private final Map<Digest, Integer> atWork = new ConcurrentHashMap<>();

    private final CountDownLatch stopping = new CountDownLatch(1);

    /// Calls `afterwards` whenever the record of an application may have moved.
    ///
    /// @param underWay whether a plan is still being applied by the attempt of an approval
    /// @param threads on which plans are applied; ended with this
    Applies(
            Applier applier,
            Predicate<Approval> underWay,
            Consumer<ApplicationName> afterwards,
            ExecutorService threads) {
        this.applier = applier;
        this.underWay = underWay;
        this.afterwards = afterwards;
        this.threads = threads;
    }

    /// As many as can be of use.
    static ExecutorService threads() {
        return Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("apply-", 1).daemon().factory());
    }

    void start(Approval approval) {
        atWork.merge(approval.digest(), 1, Integer::sum);
        threads.execute(() -> {
            try (var _ = approval.about().enter()) {
                carryOut(approval);
            } finally {
                atWork.computeIfPresent(approval.digest(), (_, it) -> it > 1 ? it - 1 : null);
            }
        });
    }

    /// Whether a plan is being applied here, or waits for its turn.
    boolean isAtWork(Digest plan) {
        return atWork.containsKey(plan);
    }

    private void carryOut(Approval approval) {
        var application = approval.plan().application();
        try {
            applyUntilWritten(approval);
        } catch (Throwable e) {
            // An error too: a plan that silently stays half done would be found by nobody.
            LOG.error(
                    "{}: the outcome of {} could not be written; it is gone on with in a while",
                    application,
                    approval.digest().id(),
                    e);
            // What fails after it was written has ended it all the same.
            if (isUnderWay(approval)) return;
        }
        try {
            afterwards.accept(application);
        } catch (RuntimeException e) {
            LOG.error("{} is not planned anew until the next start", application, e);
        }
    }

    /// What came of a plan must not be left open because the disk was full for a moment, or for
    /// whatever else nobody has thought of: it is gone on with as after a crash, from what is
    /// written.
    private void applyUntilWritten(Approval approval) throws InterruptedException {
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                applier.apply(approval);
                return;
            } catch (RuntimeException e) {
                if (!isUnderWay(approval)) throw e;
                say(approval, e);
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) throw e;
                pause = pause.multipliedBy(2);
                if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
            }
        }
    }

    private static void say(Approval approval, RuntimeException e) {
        var what = "{}: {} stands still, and goes on by itself when this is mended: {}";
        var application = approval.plan().application();
        var id = approval.digest().id();
        // Of what is this program's own fault, where in it that was is all there is to go by.
        if (e instanceof StateException) LOG.error(what, application, id, e.getMessage());
        else LOG.error(what, application, id, e.getMessage(), e);
    }

    /// A record that cannot even be read says nothing against it.
    private boolean isUnderWay(Approval approval) {
        try {
            return underWay.test(approval);
        } catch (StateException e) {
            return true;
        }
    }

    /// Lets running steps end, for a while; what is not done by then goes on after the next start.
    @Override
    public void close() {
        applier.stop();
        stopping.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a step is still running; it is settled after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
