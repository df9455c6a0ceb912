package dev.assent.http;

import dev.assent.engine.Answer;
import dev.assent.http.api.Status;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.provider.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What is recorded of a server beside what was seen of it.
final class ObservedServer {

    private ObservedServer() {}

    static Status.Server of(RecordedGroup group, RecordedServer server, Health health) {
        var role = role(follows(group, server));
        return new Status.Server(
                server.name().name(),
                role,
                health.answer()
                        // What follows what in a group that was adopted, nobody here knows.
                        .filter(_ -> group.origin() != Origin.ADOPTED)
                        .map(it -> role(it.replica()))
                        .filter(it -> !it.equals(role)),
                server.endpoint().toString(),
                health.answer()
                        .map(Answer::version)
                        .filter(it -> !it.satisfies(group.version()))
                        .filter(it -> !group.version().satisfies(it))
                        .map(it -> it.text()),
                health.state().word(),
                number(health.pid()),
                health.since(),
                health.lag().map(Duration::toMillis),
                number(health.free()),
                health.edited(),
                health.detail());
    }

    private static boolean follows(RecordedGroup group, RecordedServer server) {
        return group.standing().replicatesFrom().isPresent()
                || !server.equals(group.primaryServer());
    }

    private static String role(boolean replica) {
        return replica ? "replica" : "primary";
    }

    private static Optional<Long> number(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
