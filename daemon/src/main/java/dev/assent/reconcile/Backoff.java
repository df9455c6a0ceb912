package dev.assent.reconcile;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// When to try again what failed: less and less often. A repository is looked at at its own pace
/// while it answers, and while it fails never less than every ten minutes.
final class Backoff {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 16;

    private Backoff() {}

    /// The time until the next look.
    ///
    /// @param failures how often in a row it failed; 0 when it did not
    static Duration until(Duration poll, int failures) {
        if (failures == 0) return poll;
        var longest = poll.compareTo(LONGEST) > 0 ? poll : LONGEST;
        return after(failures, poll, longest);
    }

    /// The time until the next try.
    ///
    /// @param failures how often in a row it failed; at least 1
    static Duration after(int failures, Duration first, Duration longest) {
        var backoff = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        var shorter = backoff.compareTo(longest) < 0 ? backoff : longest;
        // Spread by a tenth, so that what failed together doesn't come back all at once.
        var spread = ThreadLocalRandom.current().nextDouble(0.9, 1.0);
        return Duration.ofMillis((long) (shorter.toMillis() * spread));
    }
}
