package dev.assent.reconcile;

import java.time.Duration;
import java.time.Instant;

/// A server that has died, perhaps again and again: how often it was started for that, and when it
/// may be again.
///
/// @param starts how often somebody has started it, or tried to, since it was last well
/// @param since when it died first
/// @param due when it may be started again
/// @param well when it counts as well, if it lives until then
record Relapse(int starts, Instant since, Instant due, Instant well) {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// Longer than the longest wait: else one that dies every minute would never be waited for.
    private static final Duration WELL = Duration.ofMinutes(5);

    /// One that was well until now is started at once.
    static Relapse first(Instant now) {
        return new Relapse(0, now, now, now);
    }

    /// It was started, or could not be: the next time has to wait, and each time longer.
    Relapse started(Instant now) {
        var wait = Backoff.after(starts + 1, FIRST, LONGEST);
        return new Relapse(starts + 1, since, now.plus(wait), now.plus(WELL));
    }

    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /// Whether it has lived long enough for its next death to be a first one.
    boolean isOver(Instant now) {
        return !now.isBefore(well);
    }

    /// How often and since when, for the end of a sentence; nothing for a first time.
    String words() {
        return starts < 2 ? "" : ", %d times since %s".formatted(starts, since);
    }
}
