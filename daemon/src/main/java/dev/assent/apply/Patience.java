package dev.assent.apply;

import java.time.Duration;

/// How long a provider that cannot be asked is asked again, before a person is.
///
/// @param first the first pause; each is twice as long as the one before
/// @param longest no pause is longer
/// @param limit all of them together
public record Patience(Duration first, Duration longest, Duration limit) {

    /// A machine is back by then that was started anew, or a network that was switched over.
    public static final Patience USUAL =
            new Patience(Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofMinutes(10));

    Duration after(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }
}
