package dev.assent.forge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assent.forge.ForgeSettings.Kind;
import dev.assent.observation.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RestTest {

    private static final Deed DEED = new Deed("trying it", "all of them");

    @TempDir Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Observation> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private HttpServer server;
    private HttpServer elsewhere;
    private volatile int status = 200;
    private volatile String body = "{\"x\":1}";
    private volatile Map<String, String> headers = Map.of();

    RestTest() throws IOException {
        server = serving();
        elsewhere = serving();
    }

    private HttpServer serving() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> answer(exchange, "here"));
        elsewhere.createContext("/", exchange -> answer(exchange, "elsewhere"));
        server.start();
        elsewhere.start();
    }

    private void answer(HttpExchange exchange, String where) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            seen.add(where + " " + exchange.getRequestMethod() + " " + path);
            var moved = path.contains("/moved") || where.equals("elsewhere");
            var bytes = body.getBytes(UTF_8);
            if (!moved) headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(moved ? 200 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        elsewhere.stop(0);
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Rest rest() {
        try {
            var token = Files.writeString(folder.resolve("token"), "geheim");
            var settings =
                    new ForgeSettings(
                            Kind.GITEA,
                            URI.create(url(server) + "/api"),
                            "acme/platform",
                            Optional.of(token),
                            Optional.empty());
            return new Rest(
                    settings,
                    new TokenFile(token, "Authorization", "token "),
                    Map.of(),
                    now::get,
                    Duration.ofSeconds(20),
                    new Asking("platform", Kind.GITEA, asked::add));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode read(Rest rest) {
        return rest.read("/thing", DEED, it -> it);
    }

    private static ForgeException failure(Rest rest) {
        return catchThrowableOfType(ForgeException.class, () -> read(rest));
    }

    @Test
    void each_request_is_told_of_with_what_the_forge_says_that_is_left() {
        headers = Map.of("X-RateLimit-Remaining", "4711");
        try (var rest = rest()) {
            read(rest);
        }

        assertThat(asked)
                .singleElement()
                .isInstanceOfSatisfying(
                        Observation.ForgeAsked.class,
                        it -> {
                            assertThat(it.repository()).isEqualTo("platform");
                            assertThat(it.forge()).isEqualTo("gitea");
                            assertThat(it.code()).hasValue(200);
                            assertThat(it.remaining()).hasValue(4711);
                        });
    }

    @Test
    void a_request_that_nobody_answered_is_told_of_too() {
        server.stop(0);
        try (var rest = rest()) {
            assertThat(catchThrowableOfType(ForgeException.class, () -> read(rest))).isNotNull();
        }

        // It is tried three times.
        assertThat(asked)
                .hasSize(3)
                .allSatisfy(it -> assertThat(((Observation.ForgeAsked) it).code()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_project_that_was_renamed_on_the_same_server_is_followed(int code) {
        status = code;
        headers = Map.of("Location", "/moved/thing");

        try (var rest = rest()) {
            assertThat(read(rest).path("x").asInt()).isEqualTo(1);
        }
        assertThat(seen).containsExactly("here GET /api/thing", "here GET /moved/thing");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void nothing_is_sent_to_another_server(int code) {
        status = code;
        headers = Map.of("Location", url(elsewhere) + "/thing");

        try (var rest = rest()) {
            assertThat(failure(rest))
                    .hasMessageContaining("points to another server")
                    .satisfies(it -> assertThat(it.passing()).isFalse());
        }
        assertThat(seen).containsExactly("here GET /api/thing");
    }

    @Test
    void a_link_to_the_next_page_can_not_lead_elsewhere() {
        body = "[1]";
        headers = Map.of("Link", "<" + url(elsewhere) + "/other?page=2>; rel=\"next\"");

        try (var rest = rest()) {
            assertThat(
                            catchThrowableOfType(
                                    ForgeException.class,
                                    () -> rest.all("/thing?page=1", DEED, it -> it)))
                    .hasMessageContaining("its list has no end");
        }
        assertThat(seen).hasSize(100).allMatch(it -> it.startsWith("here GET /api/thing?page="));
    }

    @Test
    void a_link_that_is_none_is_said() {
        body = "[1]";
        headers = Map.of("Link", "<" + url(server) + "/api/thing?page=%zz|>; rel=\"next\"");

        try (var rest = rest()) {
            assertThat(
                            catchThrowableOfType(
                                    ForgeException.class,
                                    () -> rest.all("/thing?page=1", DEED, it -> it)))
                    .hasMessageContaining("its link to the next page is no address");
        }
    }

    @Test
    void whoever_is_interrupted_is_told_so_at_once() {
        try (var rest = rest()) {
            Thread.currentThread().interrupt();
            assertThat(failure(rest).passing()).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void an_answer_that_is_too_long_is_not_read() {
        body = "\"" + "x".repeat(33 << 20) + "\"";

        try (var rest = rest()) {
            assertThat(failure(rest).passing()).isTrue();
        }
    }

    @Test
    void once_nothing_is_left_nothing_is_asked_until_the_forge_counts_anew() {
        headers =
                Map.of(
                        "X-RateLimit-Remaining",
                        "0",
                        "X-RateLimit-Reset",
                        Long.toString(now.get().getEpochSecond() + 600));

        try (var rest = rest()) {
            assertThat(read(rest).path("x").asInt()).isEqualTo(1);
            assertThat(failure(rest).pause()).contains(Duration.ofMinutes(10));
            assertThat(seen).hasSize(1);

            now.set(now.get().plusSeconds(601));
            headers = Map.of();
            assertThat(read(rest).path("x").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    90                            | 90
                    0                             | 1
                    Sun, 01 Mar 2026 10:05:00 GMT | 300
                    Sun, 01 Mar 2026 09:00:00 GMT | 1
                    99999999999                   | 3600
                    nonsense                      | 60
                    """)
    void a_forge_is_left_alone_as_long_as_it_says_within_reason(String said, long seconds) {
        status = 429;
        headers = Map.of("Retry-After", said);

        try (var rest = rest()) {
            assertThat(failure(rest).pause()).contains(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void what_a_forge_says_is_shown_and_can_do_nothing() {
        status = 422;
        body = "{\"message\":\"no \\u001b[31m\\u202e way\\nsecond line\"}";

        try (var rest = rest()) {
            assertThat(failure(rest))
                    .hasMessage(
                            "Gitea, acme/platform: trying it failed: it does not take that (422) (it"
                                    + " says: no <U+1B>[31m<U+202E> way). Asking once more would not"
                                    + " help.");
        }
    }

    @Test
    void a_redirect_repeats_a_write_only_where_it_was_not_done() {
        headers = Map.of("Location", "/moved/thing");
        var said = JsonMapper.shared().createObjectNode();
        try (var rest = rest()) {
            status = 307;
            assertThat(rest.change("POST", "/thing", said, DEED)).isTrue();
            status = 302;
            assertThat(
                            catchThrowableOfType(
                                    ForgeException.class,
                                    () -> rest.change("POST", "/thing", said, DEED)))
                    .isNotNull();
        }
        assertThat(seen)
                .containsExactly(
                        "here POST /api/thing", "here POST /moved/thing", "here POST /api/thing");
    }
}
