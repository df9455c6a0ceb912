package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.Optional;

/// For whoever watches the daemon: is it alive, is it ready. Both without a token. Until it is
/// ready, it takes questions and no orders.
final class HealthRoutes {

    private final Desk desk;

    HealthRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/healthz", it -> it.json(Map.of("status", "ok")));
        routes.get("/readyz", this::ready);
        routes.beforeMatched("/api/*", this::checkReady);
    }

    /// A daemon that has not yet taken up what was interrupted must start nothing new.
    private void checkReady(Context context) {
        if (!context.method().equals(HandlerType.POST)) return;
        desk.notReady()
                .ifPresent(why -> {
                    context.header("Retry-After", "1");
                    throw new Refusal(503, why, "ask again in a moment");
                });
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
