package dev.assent.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/// What the daemon counts, for Prometheus and whoever else reads its format.
final class MetricsRoute {

    static final String PATH = "/metrics";

    private final Desk desk;

    MetricsRoute(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::answer);
    }

    private void answer(Context context) {
        var accept = Optional.ofNullable(context.header("Accept")).orElse("");
        var page =
                desk.metrics(accept)
                        .orElseThrow(() ->
                                new Refusal(
                                        503,
                                        "nothing is counted yet: the daemon is starting",
                                        "ask again in a moment"));
        context.contentType(page.contentType()).result(page.text());
    }
}
