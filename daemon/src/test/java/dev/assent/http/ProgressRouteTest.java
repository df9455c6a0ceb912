package dev.assent.http;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.plan.Planner;
import dev.assent.state.JournalEntry.Event;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressRouteTest {

    @TempDir Path runFolder;
    private Door door;
    private StoredPlan plan;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        plan =
                FakeDesk.stored(
                        Planner.plan(
                                desired(declared("postgresql/main").servers("pg-1")),
                                nothing(),
                                CATALOGUE,
                                Optional.empty()),
                        PlanState.APPLYING);
        door.desk.plans.add(plan);
        door.desk.journal("c1.1", Event.STARTED, "unpack PostgreSQL 16.15");
        door.desk.journal("c1.1", Event.DONE, "unpacked PostgreSQL 16.15");
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void what_was_seen_is_not_told_again() throws Exception {
        var report = Door.json(door.get(path("?after=1")));

        assertThat(report.path("state").asString()).isEqualTo("applying");
        assertThat(report.path("entries").findValuesAsString("number")).containsExactly("2");
        assertThat(report.path("entries").path(0).path("event").asString()).isEqualTo("done");
    }

    @Test
    void who_waits_hears_of_a_step_as_soon_as_it_is_written() throws Exception {
        var answer = waiting("?after=2&wait=30");

        Awaitility.await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
        door.desk.journal("c1.2", Event.STARTED, "initdb");

        var report = Door.json(answer.get(5, TimeUnit.SECONDS));
        assertThat(report.path("entries").findValuesAsString("message")).containsExactly("initdb");
    }

    @Test
    void who_waits_hears_of_the_end_even_where_no_line_is_written_for_it() throws Exception {
        var answer = waiting("?after=2&wait=30");

        door.desk.move(plan, PlanState.FAILED, "initdb: no space left");

        var report = Door.json(answer.get(5, TimeUnit.SECONDS));
        assertThat(report.path("state").asString()).isEqualTo("failed");
        assertThat(report.path("reason").asString()).isEqualTo("initdb: no space left");
    }

    @Test
    void nobody_waits_for_what_is_over() throws Exception {
        door.desk.move(plan, PlanState.APPLIED, "");

        var answer = waiting("?after=2&wait=30");

        assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void a_server_that_closes_lets_nobody_wait() throws Exception {
        var answer = waiting("?after=2&wait=30");
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());

        door.server.close();

        assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void impossible_numbers_are_refused() throws Exception {
        assertThat(door.get(path("?wait=31")).statusCode()).isEqualTo(400);
        assertThat(door.get(path("?after=-1")).statusCode()).isEqualTo(400);
        assertThat(door.get(path("?after=x")).statusCode()).isEqualTo(400);
    }

    private CompletableFuture<HttpResponse<String>> waiting(String query) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return door.get(path(query));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private String path(String query) {
        return "/api/v1/plans/" + plan.id() + "/progress" + query;
    }
}
