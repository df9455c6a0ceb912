package dev.assent.cli;

import dev.assent.http.UnreachableException;
import dev.assent.http.api.ProgressReport;
import dev.assent.state.PlanState;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;

/// Watches a plan being applied, to its end. A daemon that restarts meanwhile is waited for: the
/// plan goes on where it was, and so does this.
final class Follow {

    private static final int WAIT_SECONDS = 20;

    private final Terminal terminal;
    private final ServerOptions server;
    private final ProgressLines lines;
    private final RetryPolicy<ProgressReport> patience;

    Follow(Terminal terminal, ServerOptions server, PrintOptions print) {
        this.terminal = terminal;
        this.server = server;
        this.lines = ProgressLines.of(terminal, print);
        this.patience =
                RetryPolicy.<ProgressReport>builder()
                        .handleIf(it -> it instanceof UnreachableException e && e.isPassing())
                        .withMaxRetries(-1)
                        .withMaxDuration(Duration.ofMinutes(1))
                        .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(2))
                        .onRetry(_ -> lines.away())
                        .build();
    }

    /// Shows what comes after the entry of that number, until nothing more comes.
    ///
    /// @return the exit code: whether it was applied
    int from(String id, long number) {
        var seen = number;
        // The first question is not repeated: where no daemon is, that is to be said at once.
        var report = ask(id, seen, 0);
        lines.begin(report);
        while (true) {
            for (var entry : report.entries()) {
                lines.entry(entry);
                seen = Math.max(seen, entry.number());
            }
            if (report.over()) return ended(report);
            lines.waiting(report);
            var after = seen;
            report = Failsafe.with(patience).get(() -> ask(id, after, WAIT_SECONDS));
        }
    }

    /// A new client each time, since a daemon that comes back may listen elsewhere.
    private ProgressReport ask(String id, long after, int wait) {
        try (var client = server.connect(terminal)) {
            return client.progress(id, after, wait);
        }
    }

    private int ended(ProgressReport report) {
        lines.ended(report);
        return PlanState.of(report.state()) == PlanState.APPLIED ? 0 : Stop.NO;
    }
}
