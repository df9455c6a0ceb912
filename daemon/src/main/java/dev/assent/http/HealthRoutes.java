package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/// For whoever watches the daemon: is it alive, is it ready. Both without a token.
final class HealthRoutes {

    private final Desk desk;

    HealthRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/healthz", it -> it.json(Map.of("status", "ok")));
        routes.get("/readyz", this::ready);
    }

    private void ready(Context context) {
        var notReady = desk.notReady();
        if (notReady.isEmpty()) {
            context.json(Map.of("status", "ready"));
        } else {
            context.status(503).json(ErrorAnswer.of(notReady.get(), Optional.empty()));
        }
    }
}
