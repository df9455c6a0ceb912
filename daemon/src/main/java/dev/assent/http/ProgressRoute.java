package dev.assent.http;

import dev.assent.http.api.ProgressReport;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;

/// How far an apply has come. It can be asked to wait until there is something new, so that who
/// follows hears of a step as soon as it is written, with few requests.
final class ProgressRoute {

    private static final long LONGEST_WAIT_SECONDS = 30;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Desk desk;
    private volatile boolean closing;

    ProgressRoute(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/plans/{id}/progress", this::progress);
    }

    /// Answers at once whoever waits.
    void close() {
        closing = true;
    }

    private void progress(Context context) throws InterruptedException {
        var after = Question.number(context, "after", 0, Long.MAX_VALUE);
        var wait = Question.number(context, "wait", 0, LONGEST_WAIT_SECONDS);
        var until = System.nanoTime() + Duration.ofSeconds(wait).toNanos();
        var state = FoundPlan.in(desk, context).state();
        while (true) {
            // The state first: once it says that all is over, nothing is written after it.
            var plan = FoundPlan.in(desk, context);
            var entries = desk.journal(plan.digest(), after);
            var news = !entries.isEmpty() || plan.state() != state;
            var late = closing || System.nanoTime() - until >= 0;
            if (news || late || ProgressReport.isOver(plan.state())) {
                context.json(ProgressReport.of(plan, entries));
                return;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
