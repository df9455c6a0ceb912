package dev.assent.provider.local;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Works something out when it is first asked for, and keeps it. What fails is tried again.
final class Once<T> {

    /// Works it out.
    interface Source<T, E extends Exception> {
        T get() throws E;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private Optional<T> known = Optional.empty();

    <E extends Exception> T or(Source<T, E> source) throws E {
        lock.lock();
        try {
            if (known.isEmpty()) known = Optional.of(source.get());
            return known.get();
        } finally {
            lock.unlock();
        }
    }
}
