package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.state.StateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {

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

    @Test
    void what_is_unexpected_is_told_to_the_log_and_to_nobody_else() throws Exception {
        door.desk.broken = Optional.of(new IllegalStateException("the canary is in row 7"));

        var answer = door.get("/api/v1/status");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(Door.error(answer)).isEqualTo("the daemon failed to answer");
        assertThat(answer.body())
                .contains("its log says why under the reference")
                .doesNotContain("canary", "IllegalState", "\tat ", ".java");
    }

    @Test
    void a_record_that_cannot_be_read_is_said_in_its_own_words() throws Exception {
        door.desk.broken = Optional.of(new StateException("the record is locked; wait"));

        var answer = door.get("/api/v1/status");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Door.error(answer)).isEqualTo("the record is locked; wait");
    }

    @Test
    void an_unknown_path_and_a_wrong_method_are_told_apart() throws Exception {
        var unknown = door.get("/api/v1/nothing");
        var method = door.post("/api/v1/status", "");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Door.error(unknown)).isEqualTo("there is nothing at this path");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(Door.error(method)).isEqualTo("this path does not take POST");
    }

    @Test
    void what_is_no_http_at_all_gets_a_sentence_too() throws Exception {
        var answer =
                door.raw("GET /api/v1/..;/%00 HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("could not be understood");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("jetty", "<html");
    }

    @Test
    void a_body_larger_than_64_kib_is_refused_however_it_comes() throws Exception {
        var large = "{\"reason\": \"" + "x".repeat(64 * 1024) + "\"}";
        var chunked =
                "POST /api/v1/plans/p-00000000/reject HTTP/1.1\nHost: localhost\n"
                        + "Authorization: Bearer "
                        + door.token
                        + "\nTransfer-Encoding: chunked\nConnection: close\n\n"
                        + Integer.toHexString(large.length())
                        + "\n"
                        + large
                        + "\n0\n\n";

        assertThat(door.post("/api/v1/plans/p-00000000/reject", large).statusCode()).isEqualTo(413);
        assertThat(door.raw(chunked)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void a_body_that_is_no_json_or_has_unknown_fields_is_refused() throws Exception {
        var path = "/api/v1/plans/p-00000000/approve";

        assertThat(door.post(path, "{").statusCode()).isEqualTo(400);
        assertThat(door.post(path, "{\"destory\": [\"mysql/a\"]}").statusCode()).isEqualTo(400);
        assertThat(door.post(path, "{} {}").statusCode()).isEqualTo(400);
        assertThat(door.post(path, "[".repeat(5000)).statusCode()).isEqualTo(400);
    }

    @Test
    void not_ready_is_said_with_the_reason() throws Exception {
        door.desk.notReady = Optional.of("the record is being migrated");

        var answer = door.get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Door.error(answer)).isEqualTo("the record is being migrated");
    }

    @Test
    void a_daemon_that_is_not_ready_answers_questions_and_takes_no_orders() throws Exception {
        door.desk.notReady = Optional.of("the daemon is starting");

        var orders =
                List.of(
                        door.post("/api/v1/plans/p-00000000/approve", "{}"),
                        door.post("/api/v1/plans/p-00000000/reject", "{}"),
                        door.post("/api/v1/plans/p-00000000/apply", ""),
                        door.post("/api/v1/applications/shop/production/redeploy", ""));

        assertThat(orders)
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(Door.error(answer)).isEqualTo("the daemon is starting");
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                });
        assertThat(door.get("/api/v1/status").statusCode()).isEqualTo(200);
        assertThat(door.withoutToken("POST", "/api/v1/plans/p-00000000/apply").statusCode())
                .isEqualTo(401);
    }
}
