package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import dev.assent.http.api.Wire;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What a daemon says of itself to somebody who only wants to know whether it is there.
///
/// @param notReady why it is not ready, in a sentence; empty when it is
/// @param known whether it takes the token
/// @param version which one it is; told to those alone whose token it takes
public record Greeting(Optional<String> notReady, boolean known, Optional<String> version) {

    private static final String VERSION = "Assent-Version";

    /// Asks the daemon.
    ///
    /// @throws IOException if nobody answers in time
    public static Greeting of(Connection connection, Duration patience)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(patience).build()) {
            var ready =
                    http.send(request(connection, "/readyz", patience), BodyHandlers.ofString());
            var known =
                    http.send(
                            request(connection, "/api/v1/status", patience),
                            BodyHandlers.ofString());
            return new Greeting(
                    ready.statusCode() == 200 ? Optional.empty() : Optional.of(sentence(ready)),
                    known.statusCode() == 200,
                    known.headers().firstValue(VERSION));
        }
    }

    /// This program's version, from its jar; empty where it runs from none.
    public static Optional<String> ownVersion() {
        return Optional.ofNullable(Greeting.class.getPackage().getImplementationVersion());
    }

    static void addVersion(Context context) {
        context.header(VERSION, ownVersion().orElse("unknown"));
    }

    private static HttpRequest request(Connection connection, String path, Duration patience) {
        var request = HttpRequest.newBuilder(URI.create(connection.url() + path)).timeout(patience);
        connection.token().ifPresent(it -> request.header("Authorization", "Bearer " + it));
        return request.build();
    }

    private static String sentence(HttpResponse<String> answer) {
        try {
            return Wire.MAPPER.readValue(answer.body(), ErrorAnswer.class).error().message();
        } catch (JacksonException _) {
            return "it answers with status " + answer.statusCode();
        }
    }
}
