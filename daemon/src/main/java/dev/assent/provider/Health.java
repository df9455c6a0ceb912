package dev.assent.provider;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be seen of a server.
///
/// @param detail what is wrong, in a sentence; empty when nothing is
public record Health(
        State state, OptionalLong pid, Optional<Instant> since, Optional<String> detail) {

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

    public static Health missing(String detail) {
        return new Health(
                State.MISSING, OptionalLong.empty(), Optional.empty(), Optional.of(detail));
    }
}
