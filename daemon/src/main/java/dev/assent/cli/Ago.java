package dev.assent.cli;

import java.time.Duration;
import java.time.Instant;

/// How long ago something was, as people say it.
final class Ago {

    private Ago() {}

    static String of(Instant then, Instant now) {
        var seconds = Duration.between(then, now).toSeconds();
        if (seconds < 2) return "just now";
        if (seconds < 120) return seconds + " s ago";
        if (seconds < 2 * 3600) return seconds / 60 + " min ago";
        if (seconds < 2 * 86_400) return seconds / 3600 + " h ago";
        return seconds / 86_400 + " days ago";
    }
}
