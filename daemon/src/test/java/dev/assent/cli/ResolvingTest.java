package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.apply.Doubt;
import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.state.StepStanding;
import dev.assent.state.StepState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What is said at a terminal of plans that are under way.
class ResolvingTest {

    @TempDir Path runFolder;
    private Door door;
    private StoredPlan plan;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        plan = FakeDesk.waiting();
        door.desk.plans.add(plan);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void without_a_word_it_is_shown_what_can_be_seen_and_what_can_be_said() {
        door.desk.doubts.put(plan.id(), new Doubt("c1.2", "build server a", "it is half there"));

        var typed = Typed.at(door, "resolve", plan.id());

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                          Step               c1.2
                          Was to             build server a
                          Evidence           it is half there
                          It counts as done  assent resolve %1$s c1.2 adopt
                          It is done again   assent resolve %1$s c1.2 retry
                          It failed          assent resolve %1$s c1.2 failed
                        """
                                .formatted(plan.id()));
        assertThat(door.desk.said).isEmpty();
        assertThat(
                        JsonMapper.shared()
                                .readTree(
                                        Typed.at(door, "resolve", plan.id(), "--format", "json")
                                                .out())
                                .path("evidence")
                                .asString())
                .isEqualTo("it is half there");
    }

    @Test
    void what_is_said_of_a_step_reaches_the_daemon() {
        var typed = Typed.at(door, "resolve", plan.id(), "c1.2", "retry");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("to watch it: assent follow " + plan.id());
        assertThat(door.desk.said).hasSize(1);
        assertThat(door.desk.said.getFirst()).startsWith("c1.2 retry by ");
    }

    @Test
    void another_word_is_no_word() {
        var typed = Typed.at(door, "resolve", plan.id(), "c1.2", "perhaps");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("say adopt, retry or failed, and not 'perhaps'");
        assertThat(door.desk.said).isEmpty();
    }

    @Test
    void a_plan_that_does_not_stand_still_is_a_no() {
        var typed = Typed.at(door, "resolve", plan.id());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("is proposed, and waits for no decision on a step");
    }

    @Test
    void a_plan_is_asked_to_stop() {
        var typed = Typed.at(door, "cancel", plan.id());

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).startsWith(plan.id() + " stops after the step that it is at");
        assertThat(door.desk.said.getFirst()).startsWith("cancel by ");
    }

    @Test
    void show_says_where_the_steps_stand_that_were_touched() {
        var since = Instant.parse("2026-11-26T12:00:00Z");
        door.desk.steps.add(
                new StepStanding("c1.1", StepState.DONE, "build server a", "listens", since));
        door.desk.steps.add(
                new StepStanding("c1.2", StepState.UNKNOWN, "build server b", "?", since));

        var text = Typed.at(door, "show", plan.id());
        var json = Typed.at(door, "show", plan.id(), "--format", "json");

        assertThat(text.out())
                .endsWith(
                        """

                        Steps
                          c1.1  done     build server a
                          c1.2  unknown  build server b
                        """);
        assertThat(JsonMapper.shared().readTree(json.out()).at("/steps/1/state").asString())
                .isEqualTo("unknown");
    }
}
