package dev.assent.provider;

import dev.assent.engine.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be seen of a server.
///
/// @param answer what it said of itself; empty where it was not asked or did not answer
/// @param detail what is wrong, in a sentence; empty when nothing is
/// @param edited its configuration files that somebody else has changed
/// @param free bytes left on its disk, where that is known
public record Health(
        State state,
        OptionalLong pid,
        Optional<Instant> since,
        Optional<Answer> answer,
        Optional<String> detail,
        List<String> edited,
        OptionalLong free) {

    public Health {
        edited = List.copyOf(edited);
    }

    /// Of a server of which nothing more is known.
    public Health(State state, OptionalLong pid, Optional<Instant> since, Optional<String> detail) {
        this(state, pid, since, Optional.empty(), detail, List.of(), OptionalLong.empty());
    }

    public enum State {
        /// It answers.
        RUNNING,
        /// Its process lives but does not answer.
        UNREACHABLE,
        /// It is built, and no process of it lives.
        STOPPED,
        /// It is stopped on purpose, while a plan moves what it did to another server.
        FENCED,
        /// Nothing of it is there.
        MISSING;

        /// The word in JSON and on pages.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How far a replica is behind, where the engine tells and it follows.
    public Optional<Duration> lag() {
        return answer.flatMap(Answer::lag);
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
