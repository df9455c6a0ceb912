package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.Optional;

/// For whoever watches the daemon: does it work (else end it and start it anew), can it take orders
/// (else send nobody there). Both without a token, and with a sentence that says what is wrong.
/// Until it has started, it takes questions and no orders.
final class HealthRoutes {

    private final Desk desk;

    HealthRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/healthz", it -> answer(it, desk.trouble(), "ok"));
        routes.get("/readyz", it -> answer(it, unready(), "ready"));
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

    private Optional<String> unready() {
        return desk.notReady().or(desk::recordTrouble);
    }

    private static void answer(Context context, Optional<String> trouble, String well) {
        if (trouble.isEmpty()) {
            context.json(Map.of("status", well));
        } else {
            context.status(503).json(ErrorAnswer.of(trouble.get(), Optional.empty()));
        }
    }
}
