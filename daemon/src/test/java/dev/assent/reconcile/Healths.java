package dev.assent.reconcile;

import dev.assent.engine.Answer;
import dev.assent.model.Endpoint;
import dev.assent.model.Version;
import dev.assent.provider.Health;
import dev.assent.provider.Health.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Servers as they can be seen, in short words.
final class Healths {

    private static final Instant SINCE = Instant.parse("2026-11-25T11:00:00Z");

    private Healths() {}

    /// Takes writes.
    static Health primary() {
        return primary("16.15");
    }

    static Health primary(String version) {
        return running(answer(version, false, Optional.empty(), Optional.empty()));
    }

    /// Follows a server of this machine.
    static Health replicaOf(int port) {
        return running(answer("16.15", true, at(port), Optional.empty()));
    }

    /// Is set up to follow a server of this machine, and does not.
    static Health cutOffFrom(int port) {
        return running(answer("16.15", true, at(port), Optional.of("it receives no changes")));
    }

    /// Follows a server of this machine, and something else is wrong with it.
    static Health troubledReplicaOf(int port, String trouble) {
        var follows = answer("16.15", true, at(port), Optional.empty());
        return running(
                new Answer(
                        follows.version(),
                        true,
                        follows.source(),
                        follows.lag(),
                        Optional.of(trouble)));
    }

    static Health edited(Health health, String... files) {
        return new Health(
                health.state(),
                health.pid(),
                health.since(),
                health.answer(),
                health.detail(),
                List.of(files),
                health.free());
    }

    /// One that does not answer.
    static Health silent(State state, String detail) {
        return new Health(state, OptionalLong.empty(), Optional.empty(), Optional.of(detail));
    }

    private static Optional<Endpoint> at(int port) {
        return Optional.of(new Endpoint("localhost", port));
    }

    private static Answer answer(
            String version, boolean replica, Optional<Endpoint> source, Optional<String> trouble) {
        var lag = replica && trouble.isEmpty() ? Optional.of(Duration.ofMillis(40)) : NOTHING;
        return new Answer(new Version(version), replica, source, lag, trouble);
    }

    private static final Optional<Duration> NOTHING = Optional.empty();

    private static Health running(Answer answer) {
        return new Health(
                State.RUNNING,
                OptionalLong.of(4711),
                Optional.of(SINCE),
                Optional.of(answer),
                answer.trouble(),
                List.of(),
                OptionalLong.empty());
    }
}
