package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import dev.assent.http.api.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// One question and its answer over HTTP; every way in which that can go wrong becomes a sentence.
final class Exchange implements AutoCloseable {

    /// More than the daemon waits before it answers a request for progress.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// More than the longest hook of a redeploy takes.
    private static final Duration LONGEST = Duration.ofMinutes(11);

    private final Connection connection;
    private final Optional<String> user;
    private final Duration patience;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    Exchange(Connection connection, Optional<String> user) {
        this(connection, user, PATIENCE);
    }

    Exchange(Connection connection, Optional<String> user, Duration patience) {
        this.patience = patience;
        this.connection = connection;
        this.user = user;
    }

    <T> T get(String path, Map<String, String> parameters, Class<T> type) {
        return value(send(request(path + query(parameters)).GET()), type);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
    }

    <T> T post(String path, Object body, Class<T> type) {
        return value(
                send(request(path).header("Content-Type", "application/json").POST(json(body))),
                type);
    }

    /// Asks for something that may take as long as the daemon lets anything take.
    <T> T postPatiently(String path, Object body, Class<T> type) {
        return value(
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .timeout(LONGEST)
                                .POST(json(body))),
                type);
    }

    <T> T put(String path, Object body, Class<T> type) {
        return value(
                send(request(path).header("Content-Type", "application/json").PUT(json(body))),
                type);
    }

    <T> T delete(String path, Class<T> type) {
        return value(send(request(path).DELETE()), type);
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofString(Wire.MAPPER.writeValueAsString(body));
    }

    /// Has something made that may be large, and puts it into a file.
    void download(String method, String path, Path target) {
        var request = request(path).timeout(LONGEST).method(method, BodyPublishers.noBody());
        try {
            var response =
                    http.send(
                            request.build(),
                            it ->
                                    it.statusCode() == 200
                                            ? BodySubscribers.mapping(
                                                    BodySubscribers.ofFile(target), _ -> "")
                                            : BodySubscribers.ofString(StandardCharsets.UTF_8));
            checked(response);
        } catch (IOException e) {
            var exception = new UnreachableException(unanswered(e), true);
            exception.initCause(e);
            throw exception;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while asking " + connection.url(), false);
        }
    }

    /// Sends a file as it is.
    <T> T post(String path, Map<String, String> parameters, byte[] file, Class<T> type) {
        var request =
                request(path + query(parameters))
                        .header("Content-Type", "application/yaml")
                        .POST(BodyPublishers.ofByteArray(file));
        return value(send(request), type);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    UnreachableException notUnderstood(RuntimeException e) {
        var exception =
                new UnreachableException(
                        "what answers at %s is not understood; is it Assent, and of this version?"
                                .formatted(connection.url()),
                        false);
        exception.initCause(e);
        return exception;
    }

    /// A text as one segment of a path, or as a value in a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(connection.url() + "/api/v1" + path))
                        .timeout(patience)
                        .header("User-Agent", Caller.COMMAND_LINE + "/1")
                        .header("Accept", "application/json");
        connection.token().ifPresent(it -> request.header("Authorization", "Bearer " + it));
        user.ifPresent(it -> request.header(Caller.USER_HEADER, it));
        return request;
    }

    private String send(HttpRequest.Builder request) {
        try {
            return checked(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            var exception = new UnreachableException(unanswered(e), true);
            exception.initCause(e);
            throw exception;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while asking " + connection.url(), false);
        }
    }

    private String checked(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case 401 -> throw new UnreachableException(unauthorised(response), false);
            case 400, 403, 404, 409, 413, 422 -> throw new RefusedException(sentence(response));
            default ->
                    throw new UnreachableException(
                            "the daemon at %s cannot answer: %s"
                                    .formatted(connection.url(), sentence(response)),
                            response.statusCode() == 503);
        };
    }

    private String unanswered(IOException e) {
        // Who can't be reached in time isn't there; who was reached has something else to do.
        return e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)
                ? "the daemon at %s does not answer in time (%d s); look at its log"
                        .formatted(connection.url(), Math.max(1, patience.toSeconds()))
                : ("no daemon answers at %s; start one with `assent daemon --config FILE`, or say"
                                + " where it is with --server URL or --run DIR")
                        .formatted(connection.url());
    }

    private String unauthorised(HttpResponse<String> response) {
        if (connection.token().isPresent()) {
            return "the daemon at %s does not take this token: %s; check ASSENT_TOKEN and ASSENT_TOKEN_FILE, or give the daemon's run folder with --run DIR"
                    .formatted(connection.url(), message(response));
        }
        return "the daemon at %s wants a token and there is none (%s); set ASSENT_TOKEN or"
                        .formatted(connection.url(), connection.noToken())
                + " ASSENT_TOKEN_FILE, or give the daemon's run folder with --run DIR";
    }

    private <T> T value(String json, Class<T> type) {
        try {
            return Wire.MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw notUnderstood(e);
        }
    }

    private static String message(HttpResponse<String> response) {
        try {
            return Wire.MAPPER.readValue(response.body(), ErrorAnswer.class).error().message();
        } catch (JacksonException _) {
            return "HTTP status " + response.statusCode();
        }
    }

    private static String sentence(HttpResponse<String> response) {
        try {
            return Wire.MAPPER.readValue(response.body(), ErrorAnswer.class).sentence();
        } catch (JacksonException _) {
            return "HTTP status " + response.statusCode();
        }
    }
}
