package dev.assent.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The description of the API.
final class OpenApiRoute {

    void register(RoutesConfig routes) {
        routes.get("/api/v1/openapi.json", OpenApiRoute::describe);
    }

    private static void describe(Context context) {
        context.contentType("application/json").result(description());
    }

    static byte[] description() {
        try (var file = OpenApiRoute.class.getResourceAsStream("openapi.json")) {
            if (file == null) throw new IllegalStateException("openapi.json is not in the jar");
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
