package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/status",
        "GET, /api/v1/plans",
        "GET, /api/v1/plans/p-00000000",
        "POST, /api/v1/plans/p-00000000/approve",
        "POST, /api/v1/plans/p-00000000/reject",
        "POST, /api/v1/plans/p-00000000/apply",
        "GET, /api/v1/plans/p-00000000/progress",
        "GET, /api/v1/applications/shop/production/variables",
        "POST, /api/v1/applications/shop/production/redeploy",
        "GET, /api/v1/history",
        "GET, /api/v1/openapi.json",
        "GET, /api/v1/nothing",
        "DELETE, /api/v1/plans",
    })
    void without_a_token_the_api_says_nothing_at_all(String method, String path) throws Exception {
        var answer = door.withoutToken(method, path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"assent\"");
        assertThat(Door.error(answer)).isEqualTo("the API wants a token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer ", "Bearer x", "Basic YWRtaW46YWRtaW4=", "bearer", "Bearer TOKEN2"})
    void another_token_is_none(String header) throws Exception {
        var sent = header.replace("TOKEN", door.token);

        var answer = door.withoutToken("GET", "/api/v1/status", "Authorization", sent);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(door.token);
    }

    @Test
    void health_needs_no_token() throws Exception {
        assertThat(door.withoutToken("GET", "/healthz").statusCode()).isEqualTo(200);
        assertThat(door.withoutToken("GET", "/readyz").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.org",
                "evil.example.org:80",
                "localhost.evil.org",
                "1.2.3.4.evil.org",
                "",
                "[::1",
                "127.0.0.1@evil.org"
            })
    void a_host_name_that_is_not_the_servers_own_is_refused_even_with_the_token(String host)
            throws Exception {
        var answer = door.raw(request("/api/v1/status", host));

        assertThat(answer).matches("(?s)HTTP/1.1 4(21|00) .*");
        assertThat(answer).doesNotContain("repositories");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:27736",
                "127.0.0.1:1",
                "192.0.2.7",
                "[::1]:27736",
                "assent.example.org"
            })
    void addresses_and_known_names_are_served(String host) throws Exception {
        assertThat(door.raw(request("/api/v1/status", host))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void nothing_says_which_program_serves_and_nothing_may_be_kept_or_framed() throws Exception {
        var answer = door.get("/api/v1/status");

        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    private String request(String path, String host) {
        return "GET %s HTTP/1.1\nHost: %s\nAuthorization: Bearer %s\nConnection: close\n\n"
                .formatted(path, host, door.token);
    }
}
