package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import dev.assent.state.StateException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that goes wrong becomes a sentence in JSON; a stack trace goes to the log alone.
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void register(RoutesConfig routes) {
        routes.exception(
                Refusal.class, (e, it) -> answer(it, e.status(), e.sentence(), e.remedy()));
        routes.exception(HttpResponseException.class, Failures::javalin);
        routes.exception(StateException.class, Failures::store);
        routes.exception(Exception.class, Failures::unexpected);
    }

    private static void javalin(HttpResponseException e, Context context) {
        var sentence =
                switch (e.getStatus()) {
                    case 404 -> "there is nothing at this path";
                    case 405 -> "this path does not take " + context.method();
                    default -> String.valueOf(e.getMessage());
                };
        answer(context, e.getStatus(), sentence, Optional.of("/api/v1/openapi.json lists all"));
    }

    private static void store(StateException e, Context context) {
        LOG.error("{} {}: {}", context.method(), context.path(), e.getMessage());
        answer(context, 503, String.valueOf(e.getMessage()), Optional.empty());
    }

    private static void unexpected(Exception e, Context context) {
        var reference = "%08x".formatted(ThreadLocalRandom.current().nextInt());
        LOG.error("{} {} failed, reference {}", context.method(), context.path(), reference, e);
        answer(
                context,
                500,
                "the daemon failed to answer",
                Optional.of("its log says why under the reference " + reference));
    }

    private static void answer(
            Context context, int status, String message, Optional<String> remedy) {
        context.status(status).json(ErrorAnswer.of(message, remedy));
    }
}
