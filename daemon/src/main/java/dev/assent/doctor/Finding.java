package dev.assent.doctor;

import java.util.List;
import java.util.Optional;

/// What a check found.
///
/// @param found in a sentence without full stop; never a secret
/// @param wayOut what to do about it; empty where all is well
public record Finding(Verdict verdict, String found, Optional<String> wayOut) {

    /// How bad it is.
    public enum Verdict {
        FINE,
        /// It works, but may not for long, or not as it seems.
        WARNING,
        TROUBLE
    }

    static Finding fine(String found) {
        return new Finding(Verdict.FINE, found, Optional.empty());
    }

    static Finding warning(String found, String wayOut) {
        return new Finding(Verdict.WARNING, found, Optional.of(wayOut));
    }

    static Finding trouble(String found, String wayOut) {
        return new Finding(Verdict.TROUBLE, found, Optional.of(wayOut));
    }

    /// What an exception says: the sentence, and behind it what to do, as all of ours have it.
    static Finding trouble(String message) {
        for (var between : List.of(". ", "; ")) {
            var end = message.indexOf(between);
            if (end < 0) continue;
            var wayOut = message.substring(end + between.length());
            return new Finding(Verdict.TROUBLE, message.substring(0, end), Optional.of(wayOut));
        }
        return new Finding(Verdict.TROUBLE, message, Optional.empty());
    }
}
