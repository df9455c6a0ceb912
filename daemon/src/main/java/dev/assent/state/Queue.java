package dev.assent.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The decisions that wait for their turn. Flushing a transaction to the disk takes longer than
/// most decisions, so those that have come while the one before was flushed share the next one:
/// each finds what those before it wrote, and one that fails leaves nothing behind. None is known
/// to have been taken before all are on the disk; when that fails, none has been.
final class Queue {

    /// How many share a transaction at most, so that the first does not wait long for the last.
    private static final int MOST = 64;

    private static final String DECISION = "decision";

    private final ConcurrentLinkedQueue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();

    /// A decision of somebody who waits.
    static final class Waiting<T> {

        private final Function<Handle, T> decision;
        private final Semaphore news = new Semaphore(0);
        private Optional<T> result = Optional.empty();
        private @Nullable Throwable failure;

        /// Written last: whoever sees it sees the result.
        private volatile boolean taken;

        private Waiting(Function<Handle, T> decision) {
            this.decision = decision;
        }

        boolean isTaken() {
            return taken;
        }

        /// Waits until it was taken, or is the first of those that wait.
        void await() {
            news.acquireUninterruptibly();
        }

        /// What was decided, or why it was not.
        T result() {
            switch (failure) {
                case null -> {}
                case Error e -> throw e;
                case RuntimeException e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
            return result.orElseThrow();
        }

        private void take(Handle handle) {
            result = Optional.of(decision.apply(handle));
        }
    }

    <T> Waiting<T> add(Function<Handle, T> decision) {
        var mine = new Waiting<T>(decision);
        waiting.add(mine);
        return mine;
    }

    /// Takes the decisions that wait longest.
    ///
    /// @param transaction runs something in a transaction; fails if it is not on the disk then
    void take(Consumer<Consumer<Handle>> transaction) {
        var some = new ArrayList<Waiting<?>>();
        while (some.size() < MOST) {
            var next = waiting.poll();
            if (next == null) break;
            some.add(next);
        }
        try {
            transaction.accept(handle -> take(handle, some));
        } catch (RuntimeException | Error e) {
            some.stream().filter(it -> it.failure == null).forEach(it -> it.failure = e);
        } finally {
            for (var it : some) {
                it.taken = true;
                it.news.release();
            }
        }
    }

    boolean isWaitedIn() {
        return !waiting.isEmpty();
    }

    /// Has the one that waits longest look whether it is its turn. Whoever gives the turn back, or
    /// waits for it no longer, says so: of those whose decision has been taken along, none has to
    /// have it first.
    void wakeFirst() {
        var first = waiting.peek();
        if (first != null) first.news.release();
    }

    private static void take(Handle handle, List<Waiting<?>> some) {
        // One alone needs no savepoint: its transaction ends with it.
        if (some.size() == 1) {
            some.getFirst().take(handle);
            return;
        }
        for (var each : some) {
            handle.savepoint(DECISION);
            try {
                each.take(handle);
                handle.releaseSavepoint(DECISION);
            } catch (RuntimeException | Error e) {
                each.failure = e;
                rollBack(handle, e);
            }
        }
    }

    /// Where the disk is full, the database has rolled all of it back already, and says only then
    /// that there is no such savepoint; what is to be heard is why.
    private static void rollBack(Handle handle, Throwable why) {
        try {
            handle.rollbackToSavepoint(DECISION);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
            throw why instanceof RuntimeException it ? it : e;
        }
    }
}
