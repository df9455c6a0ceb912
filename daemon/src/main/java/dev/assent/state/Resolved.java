package dev.assent.state;

import java.util.Optional;

/// What somebody made of a step.
public record Resolved(Resolution resolution, String who) {

    private static final String BY = ", as ";
    private static final String SAID = " said";

    /// What the journal says of it.
    String message() {
        return resolution.word() + BY + who + SAID;
    }

    /// Reads what [#message] wrote.
    static Optional<Resolved> in(String message) {
        var parts = message.split(BY, 2);
        if (parts.length < 2) return Optional.empty();
        var who = parts[1].substring(0, Math.max(0, parts[1].length() - SAID.length()));
        return Resolution.of(parts[0]).map(it -> new Resolved(it, who));
    }
}
