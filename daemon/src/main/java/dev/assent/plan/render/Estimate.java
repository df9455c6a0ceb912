package dev.assent.plan.render;

/// How long a change will take, as far as the past tells.
///
/// @param runs how many times in the past it was measured
public record Estimate(long milliseconds, int runs) {

    private static final long MINUTE = 60;

    public Estimate {
        if (milliseconds < 0 || runs < 1) {
            throw new IllegalArgumentException("no estimate: " + milliseconds + " of " + runs);
        }
    }

    /// In a few words: `about 1.9 s, as the last 3 times`.
    @Override
    public String toString() {
        return "about %s, as the last %s"
                .formatted(words(milliseconds), runs == 1 ? "time" : runs + " times");
    }

    private static String words(long milliseconds) {
        var seconds = milliseconds / 1_000;
        if (seconds < MINUTE) {
            var tenths = Math.max(1, (milliseconds + 50) / 100);
            return "%d.%d s".formatted(tenths / 10, tenths % 10);
        }
        if (seconds < MINUTE * MINUTE) {
            return "%d min %d s".formatted(seconds / MINUTE, seconds % MINUTE);
        }
        return "%d h %d min".formatted(seconds / MINUTE / MINUTE, seconds / MINUTE % MINUTE);
    }
}
