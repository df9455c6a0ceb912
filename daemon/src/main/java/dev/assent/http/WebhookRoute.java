package dev.assent.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where forges say that something was pushed or said. No token opens it: the webhook's signature
/// does.
final class WebhookRoute {

    private static final int MOST_BYTES = 1024 * 1024;

    private final Supplier<Access> access;

    WebhookRoute(Supplier<Access> access) {
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.post("/webhooks/{repository}", this::receive);
    }

    private void receive(Context context) {
        var body = Question.bytes(context, MOST_BYTES);
        var answer =
                access.get()
                        .webhooks()
                        .receive(
                                context.pathParam("repository"),
                                name -> Optional.ofNullable(context.header(name)),
                                body);
        switch (answer) {
            case ACCEPTED -> context.status(202).json(Map.of("status", "accepted"));
            case REPEATED -> context.json(Map.of("status", "repeated"));
            case NOT_GENUINE ->
                    throw new Refusal(
                            401,
                            "there is no such webhook, or it is not signed with its secret",
                            "compare the secret at the forge with `webhook.secret_file` of the"
                                    + " repository in the daemon's configuration");
        }
    }
}
