package dev.assent.failpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What happens at a failpoint.
enum Action {
    /// The process ends on the spot, as by `kill -9`.
    HALT,
    /// What was about to be done fails.
    FAIL,
    /// Whoever got there waits until the scenario is another one.
    PAUSE;

    static Optional<Action> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
