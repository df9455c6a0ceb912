package dev.assent;

import dev.assent.cli.Cli;
import dev.assent.configuration.TracesSettings;
import dev.assent.trace.Traces;
import dev.assent.trace.otlp.OtlpFollower;
import java.util.Optional;

/// Whom the stages of the pipeline are told to, as the settings in force say. What speaks to a
/// collector is loaded only where there is one.
final class Tracing implements AutoCloseable {

    private Optional<TracesSettings> settings = Optional.empty();
    private Optional<OtlpFollower> follower = Optional.empty();

    /// Makes ready whoever is to be told, and gives what has them told from then on; what stays the
    /// same goes on.
    synchronized Runnable prepare(Optional<TracesSettings> now) {
        if (now.equals(settings)) return () -> {};
        var next = now.map(it -> new OtlpFollower(it.endpoint(), it.headersFile(), Cli.version()));
        return () -> follow(now, next);
    }

    private synchronized void follow(Optional<TracesSettings> now, Optional<OtlpFollower> next) {
        var before = follower;
        follower = next;
        follower.ifPresentOrElse(Traces::follow, Traces::follow);
        settings = now;
        before.ifPresent(OtlpFollower::close);
    }

    @Override
    public void close() {
        follow(Optional.empty(), Optional.empty());
    }
}
