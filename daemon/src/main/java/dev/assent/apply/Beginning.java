package dev.assent.apply;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// When an approved plan is begun.
public enum Beginning {
    /// At once, be it merged or not.
    ON_APPROVAL,
    /// As soon as the branch itself wants it, too: once its pull request is merged.
    AFTER_MERGE,
    /// When a person starts it.
    ON_COMMAND;

    /// The word in the configuration: `on-approval`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Beginning> of(String word) {
        return Stream.of(values()).filter(it -> it.word().equals(word)).findFirst();
    }
}
