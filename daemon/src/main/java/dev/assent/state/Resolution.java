package dev.assent.state;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a person makes of a step of which nobody else can tell how it ended.
public enum Resolution {
    /// It counts as done: what is there is what it was to make.
    ADOPT,
    /// It is done again.
    RETRY,
    /// It failed, and so did its plan, which can be resumed.
    FAILED;

    /// The word that people say.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Resolution> of(String word) {
        return Stream.of(values()).filter(it -> it.word().equals(word)).findFirst();
    }
}
