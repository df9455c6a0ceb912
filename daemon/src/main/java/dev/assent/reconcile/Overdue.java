package dev.assent.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Turns that should have been taken by now, by a clock that nobody can set. Quartz goes by the
/// machine's: where that was put forward and then right again, what was scheduled meanwhile is not
/// due for as long as it was wrong.
final class Overdue {

    /// More than a busy machine lets a turn wait.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    Overdue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// A turn is to be taken after a while.
    void expect(String name, Duration delay) {
        due.put(name, nanoTime.getAsLong() + delay.plus(GRACE).toNanos());
    }

    /// It is being taken, or nobody's any more.
    void forget(String name) {
        due.remove(name);
    }

    /// Whose turn should have been taken.
    List<String> names() {
        var now = nanoTime.getAsLong();
        return due.entrySet().stream()
                .filter(it -> now - it.getValue() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
