package dev.assent.cli;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.http.Listen;
import dev.assent.plan.Planner;
import dev.assent.state.JournalEntry.Event;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// apply and follow.
class FollowTest {

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
        door.desk.journal("c1.1", Event.STARTED, "build pg-1");
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void follow_prints_a_line_for_each_step_and_ends_with_0_when_applied() throws Exception {
        var following = following("follow", plan.id());

        door.desk.journal("c1.1", Event.PROGRESS, "unpacking");
        door.desk.journal("c1.1", Event.DONE, "built pg-1");
        door.desk.move(plan, PlanState.APPLIED, "");

        var typed = following.get(20, TimeUnit.SECONDS);
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                        → c1.1  build pg-1
                        · c1.1  unpacking
                        ✓ c1.1  built pg-1
                        Applied %s.
                        """
                                .formatted(plan.id()));
    }

    @Test
    void follow_ends_with_1_and_a_way_out_when_a_step_fails() {
        door.desk.journal("c1.1", Event.FAILED, "initdb: no space left");
        door.desk.move(plan, PlanState.FAILED, "initdb: no space left");

        var typed = Typed.at(door, "follow", plan.id());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out())
                .endsWith(
                        """
                        ✗ c1.1  initdb: no space left
                        Failed: initdb: no space left
                        What is done is recorded. Mend the cause, then: assent apply %s
                        """
                                .formatted(plan.id()));
    }

    @Test
    void follow_of_what_was_refused_ends_with_1() {
        door.desk.move(plan, PlanState.REJECTED, "too large");

        var typed = Typed.at(door, "follow", plan.id());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).endsWith(plan.id() + " is rejected: too large\n");
    }

    @Test
    void a_plan_that_nobody_started_is_waited_for_and_that_is_said_once() throws Exception {
        door.desk.move(plan, PlanState.APPROVED, "");

        var following = following("follow", plan.id());
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> !following.isDone());
        door.desk.move(plan, PlanState.APPLIED, "");

        assertThat(following.get(20, TimeUnit.SECONDS).err())
                .isEqualTo("assent: it waits to be started: assent apply " + plan.id() + "\n");
    }

    @Test
    void follow_outlives_the_daemon_and_finds_it_again_at_another_port() throws Exception {
        var following = following("follow", plan.id());
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> !following.isDone());

        var desk = door.desk;
        door.close();
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> !following.isDone());
        desk.journal("c1.1", Event.DONE, "built pg-1");
        desk.move(plan, PlanState.APPLIED, "");
        door = new Door(runFolder, desk, new Listen("127.0.0.1", 0));

        var typed = following.get(30, TimeUnit.SECONDS);
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("→ c1.1  build pg-1\n✓ c1.1  built pg-1\nApplied");
        assertThat(typed.err())
                .isEqualTo("assent: the daemon does not answer; waiting for it to come back\n");
    }

    @Test
    void on_a_terminal_what_is_being_done_is_drawn_over_and_what_is_done_stays() {
        door.desk.journal("c1.1", Event.DONE, "built pg-1");
        door.desk.move(plan, PlanState.APPLIED, "");

        var typed = Typed.atTerminal(door, "follow", plan.id());

        assertThat(typed.out())
                .isEqualTo(
                        "\r\u001b[K→ c1.1  build pg-1"
                                + "\r\u001b[K✓ c1.1  built pg-1\n"
                                + "\r\u001b[KApplied "
                                + plan.id()
                                + ".\n");
    }

    @Test
    void what_is_drawn_over_is_never_longer_than_a_line() {
        door.desk.journal("c1.2", Event.STARTED, "x".repeat(200));
        door.desk.move(plan, PlanState.APPLIED, "");

        var typed = Typed.atTerminal(door, "follow", plan.id());

        assertThat(typed.out()).contains("x…\r").doesNotContain("x".repeat(80));
    }

    @Test
    void as_json_each_line_is_an_object_the_version_first_and_the_outcome_last() {
        door.desk.journal("c1.1", Event.FAILED, "no space\nleft");
        door.desk.move(plan, PlanState.FAILED, "no space\nleft");

        var typed = Typed.at(door, "follow", plan.id(), "--format", "json");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out())
                .isEqualTo(
                        """
                        {"version":1,"type":"assent.apply.v1","plan":"%1$s"}
                        {"type":"event","number":1,"step":"c1.1","event":"started","message":"build pg-1","at":"2026-11-23T12:00:00Z"}
                        {"type":"event","number":2,"step":"c1.1","event":"failed","message":"no space\\nleft","at":"2026-11-23T12:00:00Z"}
                        {"type":"outcome","plan":"%1$s","state":"failed","reason":"no space\\nleft"}
                        """
                                .formatted(plan.id()));
        assertThat(typed.out().lines().map(JsonMapper.shared()::readTree))
                .allMatch(JsonNode::isObject);
    }

    @Test
    void as_json_each_line_is_written_out_before_the_next_thing_happens() throws Exception {
        var out = new PipedReader(65_536);
        var lines = new BufferedReader(out);
        var terminal = Typed.terminal(door, new PrintWriter(new PipedWriter(out)));
        var following =
                CompletableFuture.supplyAsync(
                        () -> Typed.execute(terminal, "follow", plan.id(), "--format", "json"));

        assertThat(lines.readLine()).contains("assent.apply.v1");
        assertThat(lines.readLine()).contains("build pg-1");
        door.desk.journal("c1.1", Event.DONE, "built pg-1");
        assertThat(lines.readLine()).contains("built pg-1");
        door.desk.move(plan, PlanState.APPLIED, "");

        assertThat(lines.readLine()).contains("\"outcome\"", "\"applied\"");
        assertThat(following.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void apply_left_alone_prints_the_plan_as_json() {
        door.desk.move(plan, PlanState.APPROVED, "");

        var typed = Typed.at(door, "apply", plan.id(), "--no-follow", "--format", "json");

        assertThat(JsonMapper.shared().readTree(typed.out()).path("state").asString())
                .isEqualTo("applying");
    }

    @Test
    void apply_resumes_a_failed_plan_and_does_not_tell_old_news() {
        door.desk.journal("c1.1", Event.FAILED, "no space left");
        door.desk.move(plan, PlanState.FAILED, "no space left");
        door.desk.onApply = List.of(() -> door.desk.journal("c1.1", Event.DONE, "built pg-1"));
        door.desk.endAs = Optional.of(PlanState.APPLIED);

        var typed = Typed.at(door, "apply", plan.id());

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("✓ c1.1  built pg-1\nApplied %s.\n".formatted(plan.id()));
        assertThat(door.desk.asked).contains("apply by ada");
    }

    @Test
    void apply_can_be_left_alone() {
        door.desk.move(plan, PlanState.APPROVED, "");

        var typed = Typed.at(door, "apply", plan.id(), "--no-follow");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).startsWith("Started");
    }

    @Test
    void what_is_not_approved_is_not_applied() {
        door.desk.move(plan, PlanState.PROPOSED, "");

        var typed = Typed.at(door, "apply", plan.id());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("is not approved; approve it first");
    }

    private CompletableFuture<Typed> following(String... arguments) {
        var open = door;
        return CompletableFuture.supplyAsync(() -> Typed.at(open, arguments));
    }
}
