package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.AccessSettings.Readers;
import dev.assent.observation.Observation;
import dev.assent.observation.Observation.Answered;
import dev.assent.state.TokenScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsRouteTest {

    @TempDir Path folder;

    private final FakeDesk desk = new FakeDesk();
    private final List<Observation> answered = new CopyOnWriteArrayList<>();

    MetricsRouteTest() {
        desk.metrics = Optional.of("polls ");
    }

    private RestServer server(Readers readers) throws Exception {
        var admin = AdminToken.readOrCreate(folder);
        var access =
                new Access(
                        Set.of("assent.example.org"),
                        admin,
                        Optional.empty(),
                        Webhooks.NONE,
                        readers);
        return RestServer.start(
                new Listen("127.0.0.1", 0), Optional.empty(), () -> access, desk, answered::add);
    }

    private static HttpResponse<String> get(URI server, String path, String... headers)
            throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.resolve(path));
            if (headers.length > 0) request.headers(headers);
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void who_asks_from_this_machine_needs_no_token_and_gets_the_form_that_is_asked_for()
            throws Exception {
        try (var server = server(Readers.LOCAL)) {
            var answer = get(server.url(), "/metrics", "Accept", "application/openmetrics-text");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("polls application/openmetrics-text");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
        }
    }

    @Test
    void who_asks_through_a_proxy_is_not_of_this_machine() throws Exception {
        try (var server = server(Readers.LOCAL)) {
            for (var header :
                    List.of(
                            "X-Forwarded-For",
                            "X-Forwarded-Host",
                            "Forwarded",
                            "X-Real-IP",
                            "Via")) {
                var answer = get(server.url(), "/metrics", header, "203.0.113.7");

                assertThat(answer.statusCode()).as(header).isEqualTo(401);
                assertThat(Door.error(answer)).isEqualTo("this wants a token");
            }
        }
    }

    @Test
    void who_asks_by_a_name_that_a_proxy_passes_on_is_not_of_this_machine() throws Exception {
        try (var door = new Door(folder, desk, new Listen("127.0.0.1", 0))) {
            var request = "GET /metrics HTTP/1.1\nHost: %s\nConnection: close\n\n";

            assertThat(door.raw(request.formatted("Assent.example.org:443")))
                    .startsWith("HTTP/1.1 401");
            assertThat(door.raw(request.formatted("localhost"))).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_token_that_may_read_is_enough_from_anywhere_and_a_wrong_one_nowhere() throws Exception {
        var token = desk.token("prometheus", "prometheus", TokenScope.READ);
        try (var server = server(Readers.TOKEN)) {
            assertThat(get(server.url(), "/metrics").statusCode()).isEqualTo(401);
            assertThat(
                            get(server.url(), "/metrics", "Authorization", "Bearer " + token)
                                    .statusCode())
                    .isEqualTo(200);
        }
        try (var server = server(Readers.LOCAL)) {
            assertThat(get(server.url(), "/metrics", "Authorization", "Bearer no").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void everybody_may_read_where_the_configuration_says_so() throws Exception {
        try (var server = server(Readers.ALL)) {
            assertThat(get(server.url(), "/metrics", "Via", "1.1 proxy").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_page_that_only_seems_to_be_of_this_machine_is_refused() throws Exception {
        try (var door = new Door(folder, desk, new Listen("127.0.0.1", 0))) {
            assertThat(door.raw("GET /metrics HTTP/1.1\nHost: evil.example\nConnection: close\n\n"))
                    .startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void while_the_daemon_starts_nothing_is_counted_yet() throws Exception {
        desk.metrics = Optional.empty();
        try (var server = server(Readers.LOCAL)) {
            var answer = get(server.url(), "/metrics");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Door.error(answer)).contains("starting");
        }
    }

    @Test
    void each_request_is_told_of_by_the_template_of_its_path() throws Exception {
        try (var server = server(Readers.LOCAL)) {
            get(server.url(), "/healthz");
            get(server.url(), "/nowhere/4711");
        }

        Awaitility.await().until(() -> answered.size() == 2);
        assertThat(answered)
                .extracting(it -> ((Answered) it).route() + " " + ((Answered) it).code())
                .containsExactly("/healthz 200", " 404");
    }

    @Test
    void a_daemon_whose_pipeline_hangs_is_not_well_and_says_why() throws Exception {
        try (var server = server(Readers.LOCAL)) {
            assertThat(get(server.url(), "/healthz").statusCode()).isEqualTo(200);

            desk.trouble = Optional.of("repository platform is being polled since 20 min");

            var answer = get(server.url(), "/healthz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Door.error(answer))
                    .isEqualTo("repository platform is being polled since 20 min");
        }
    }

    @Test
    void a_daemon_that_cannot_write_its_record_takes_no_orders_and_says_why() throws Exception {
        try (var server = server(Readers.LOCAL)) {
            desk.recordTrouble = Optional.of("the disk is full");

            var answer = get(server.url(), "/readyz");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Door.error(answer)).isEqualTo("the disk is full");
            // It works all the same: nothing is gained by killing it.
            assertThat(get(server.url(), "/healthz").statusCode()).isEqualTo(200);
        }
    }
}
