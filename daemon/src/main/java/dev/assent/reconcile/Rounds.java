package dev.assent.reconcile;

import dev.assent.log.Complaints;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that goes its round when it is woken, and every few seconds by itself.
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Semaphore woken = new Semaphore(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Duration pace;
    private final Duration calm;
    private final Runnable round;
    private final Thread thread;
    private final Complaints complaints = new Complaints();
    private volatile BooleanSupplier duty = () -> true;
    private volatile boolean stopping;

    /// The first round begins when it is started.
    ///
    /// @param pace how long it sleeps at most
    public Rounds(String name, Duration pace, Runnable round) {
        this(name, pace, Duration.ZERO, round);
    }

    /// The same, with a pause between two rounds, however often it is woken.
    ///
    /// @param calm how long it sleeps at least
    Rounds(String name, Duration pace, Duration calm, Runnable round) {
        this.pace = pace;
        this.calm = calm;
        this.round = round;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Has it go its rounds only while this is so: while this node does that for all, for instance.
    public void onlyWhile(BooleanSupplier duty) {
        this.duty = duty;
    }

    public void start() {
        thread.start();
    }

    public void wake() {
        woken.release();
    }

    private void run() {
        try {
            while (!stopping) {
                if (woken.tryAcquire(pace.toMillis(), TimeUnit.MILLISECONDS)) woken.drainPermits();
                if (!stopping) go();
                if (end.await(calm.toMillis(), TimeUnit.MILLISECONDS)) return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void go() {
        try {
            if (!duty.getAsBoolean()) return;
            round.run();
            complaints.isOver(thread.getName());
        } catch (RuntimeException e) {
            if (stopping || !complaints.isDue(thread.getName(), e.toString())) return;
            LOG.error("{} could not go its round: {}", thread.getName(), e.getMessage(), e);
        }
    }

    /// Breaks off the round that is being made, if it waits for something.
    public void breakOff() {
        stopping = true;
        thread.interrupt();
        close();
    }

    /// Waits for the round that is being made.
    @Override
    public void close() {
        stopping = true;
        end.countDown();
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
