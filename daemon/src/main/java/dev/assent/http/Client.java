package dev.assent.http;

import dev.assent.http.api.ApplicationVariables;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.ErrorAnswer;
import dev.assent.http.api.History;
import dev.assent.http.api.Plans;
import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.RedeployAnswer;
import dev.assent.http.api.RejectRequest;
import dev.assent.http.api.Status;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.http.api.Wire;
import dev.assent.model.ApplicationName;
import dev.assent.state.StoredPlan;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks a daemon. What it answers comes back as values; a no is a [RefusedException], no answer an
/// [UnreachableException].
public final class Client implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;
    private final Optional<String> user;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /// @param user who asks, as far as the system knows; a name that the API would not take is left
    ///   out
    public Client(Connection connection, Optional<String> user) {
        this.connection = connection;
        this.user = user.filter(Caller::isName);
    }

    /// @param application `APP` or `APP/ENVIRONMENT`
    public Status status(Optional<String> application) {
        return get("/status" + query(parameters(application)), Status.class);
    }

    /// @param application `APP` or `APP/ENVIRONMENT`
    /// @param all whether those that have ended are wanted too
    public Plans plans(Optional<String> application, boolean all) {
        var parameters = parameters(application);
        if (all) parameters.put("all", "true");
        return get("/plans" + query(parameters), Plans.class);
    }

    public StoredPlan plan(String id) {
        return plan(request("/plans/" + encoded(id)).GET());
    }

    public StoredPlan approve(String id, ApproveRequest yes) {
        return plan(post("/plans/" + encoded(id) + "/approve", yes));
    }

    public StoredPlan reject(String id, String reason) {
        var no = new RejectRequest(Optional.of(reason));
        return plan(post("/plans/" + encoded(id) + "/reject", no));
    }

    public StoredPlan apply(String id) {
        return plan(post("/plans/" + encoded(id) + "/apply", Map.of()));
    }

    /// The entries of a plan's journal with a number above `after`.
    ///
    /// @param wait how many seconds it may take until there is something new
    public ProgressReport progress(String id, long after, int wait) {
        var path = "/plans/%s/progress?after=%d&wait=%d".formatted(encoded(id), after, wait);
        return get(path, ProgressReport.class);
    }

    public ApplicationVariables variables(ApplicationName application) {
        return get(path(application) + "/variables", ApplicationVariables.class);
    }

    public RedeployAnswer redeploy(ApplicationName application) {
        var request = post(path(application) + "/redeploy", Map.of());
        return value(send(request), RedeployAnswer.class);
    }

    /// @param application `APP` or `APP/ENVIRONMENT`
    public History history(Optional<String> application, int limit) {
        var parameters = parameters(application);
        parameters.put("limit", String.valueOf(limit));
        return get("/history" + query(parameters), History.class);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private <T> T get(String path, Class<T> type) {
        return value(send(request(path).GET()), type);
    }

    private StoredPlan plan(HttpRequest.Builder request) {
        try {
            return StoredPlanJson.read(value(send(request), JsonNode.class));
        } catch (IllegalArgumentException e) {
            throw notUnderstood(e);
        }
    }

    private HttpRequest.Builder post(String path, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Wire.MAPPER.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(connection.url() + "/api/v1" + path))
                        .timeout(PATIENCE.multipliedBy(2))
                        .header("User-Agent", Caller.COMMAND_LINE + "/1")
                        .header("Accept", "application/json");
        connection.token().ifPresent(it -> request.header("Authorization", "Bearer " + it));
        user.ifPresent(it -> request.header(Caller.USER_HEADER, it));
        return request;
    }

    private String send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> response.body();
                case 401 -> throw new UnreachableException(unauthorised());
                case 400, 404, 409, 413 -> throw new RefusedException(sentence(response));
                default ->
                        throw new UnreachableException(
                                "the daemon at "
                                        + connection.url()
                                        + " says: "
                                        + sentence(response));
            };
        } catch (IOException e) {
            throw new UnreachableException(
                    "no daemon answers at "
                            + connection.url()
                            + "; start one with `assent daemon --config FILE`, or say where it is"
                            + " with --server URL or --run DIR",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while asking " + connection.url(), e);
        }
    }

    private String unauthorised() {
        return connection.token().isPresent()
                ? "the daemon at %s does not know this token; check ASSENT_TOKEN, or give its run"
                                .formatted(connection.url())
                        + " folder with --run DIR"
                : "the daemon at %s wants a token and there is none (%s);"
                                .formatted(connection.url(), connection.noToken())
                        + " set ASSENT_TOKEN or ASSENT_TOKEN_FILE, or give --run DIR";
    }

    private <T> T value(String json, Class<T> type) {
        try {
            return Wire.MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw notUnderstood(e);
        }
    }

    private static String sentence(HttpResponse<String> response) {
        try {
            var refusal = Wire.MAPPER.readValue(response.body(), ErrorAnswer.class).error();
            return refusal.message() + refusal.remedy().map(it -> "; " + it).orElse("");
        } catch (JacksonException | NullPointerException _) {
            return "HTTP status " + response.statusCode();
        }
    }

    private UnreachableException notUnderstood(RuntimeException e) {
        return new UnreachableException(
                "what answers at %s is not understood; is it Assent, and of the same version?"
                        .formatted(connection.url()),
                e);
    }

    private static String path(ApplicationName application) {
        return "/applications/"
                + encoded(application.app())
                + "/"
                + encoded(application.environment());
    }

    private static Map<String, String> parameters(Optional<String> application) {
        var parameters = new java.util.TreeMap<String, String>();
        application.ifPresent(it -> parameters.put("application", it));
        return parameters;
    }

    private static String query(Map<String, String> parameters) {
        if (parameters.isEmpty()) return "";
        return parameters.entrySet().stream()
                .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
