package dev.assent.reconcile;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Whether the pipeline turns: what has begun ends in time, and what has to come round again does.
/// A thread that hangs in a call that nothing can interrupt is found by nobody else.
public final class Pulse {

    private final LongSupplier nanos;
    private final Map<String, Deadline> deadlines = new ConcurrentHashMap<>();

    /// @param nanos a clock that no one sets, as `System.nanoTime`
    public Pulse(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Deadline(String what, Duration limit, long since) {

        boolean isMissed(long now) {
            return now - since > limit.toNanos();
        }
    }

    /// Expects something within a limit, instead of whatever was expected under this key.
    ///
    /// @param what the clause that says it: `the poll of repository platform ends`
    void expect(String key, String what, Duration limit) {
        deadlines.put(key, new Deadline(what, limit, nanos.getAsLong()));
    }

    /// What was expected has come, or is of no interest any more.
    void met(String key) {
        deadlines.remove(key);
    }

    /// What should have come and has not, in a sentence; empty where the pipeline turns.
    public Optional<String> trouble() {
        var now = nanos.getAsLong();
        return deadlines.values().stream()
                .filter(it -> it.isMissed(now))
                .sorted(Comparator.comparingLong(it -> it.since() - now))
                .map(it ->
                        "%s within %s, and that has not come for %s"
                                .formatted(
                                        it.what(),
                                        words(it.limit()),
                                        words(Duration.ofNanos(now - it.since()))))
                .reduce((one, other) -> one + "; " + other)
                .map(it -> "the daemon hangs: " + it);
    }

    private static String words(Duration time) {
        return time.toMinutes() < 2 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }
}
