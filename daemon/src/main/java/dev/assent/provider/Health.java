package dev.assent.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be seen of a server.
///
/// @param lag how far a replica is behind, where the engine tells and it follows
/// @param detail what is wrong, in a sentence; empty when nothing is
public record Health(
        State state,
        OptionalLong pid,
        Optional<Instant> since,
        Optional<Duration> lag,
        Optional<String> detail) {

    /// Of a server of which nobody tells how far it is behind.
    public Health(State state, OptionalLong pid, Optional<Instant> since, Optional<String> detail) {
        this(state, pid, since, Optional.empty(), detail);
    }

    public enum State {
        /// It answers.
        RUNNING,
        /// Its process lives but does not answer.
        UNREACHABLE,
        /// It is built, and no process of it lives.
        STOPPED,
        /// Nothing of it is there.
        MISSING;

        /// The word in JSON and on pages.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Health unreachable(String detail) {
        return new Health(
                State.UNREACHABLE, OptionalLong.empty(), Optional.empty(), Optional.of(detail));
    }

    public static Health missing(String detail) {
        return new Health(
                State.MISSING, OptionalLong.empty(), Optional.empty(), Optional.of(detail));
    }
}
