package dev.assent.approval;

import dev.assent.model.ApplicationPattern;
import java.time.Instant;
import java.util.Optional;

/// A time in which no apply begins.
///
/// @param until when it is over
/// @param reason what for, in the words of whoever decided it
public record Freeze(ApplicationPattern match, Instant from, Instant until, String reason)
        implements Hours {

    public Freeze {
        if (!from.isBefore(until)) throw new IllegalArgumentException(until + " is not later");
    }

    @Override
    public Optional<Instant> from(Instant moment) {
        var frozen = !moment.isBefore(from) && moment.isBefore(until);
        return Optional.of(frozen ? until : moment);
    }

    @Override
    public String closed() {
        return "%s is frozen until %s: %s".formatted(match, until, reason);
    }
}
