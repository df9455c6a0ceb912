package dev.assent.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {

    @TempDir Path folder;

    @Test
    void nothing_happens_in_a_process_that_was_not_started_for_it() {
        assertThat(Failpoint.areOn()).isFalse();
        assertThat(Failpoint.inForce()).isEmpty();
        for (var point : Failpoint.values()) point.reached();
    }

    @Test
    void every_point_has_a_word_of_its_own_by_which_it_is_found() {
        assertThat(Failpoint.APPLY_AFTER_STEP.word()).isEqualTo("apply.afterStep");
        assertThat(Failpoint.values())
                .allSatisfy(it -> assertThat(Failpoint.of(it.word())).contains(it));
    }

    @Test
    void a_trap_springs_at_the_time_that_it_names_and_at_no_other() {
        var scenario = scenario("file.beforeWrite#2=fail");

        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isFalse();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_RENAME)).isFalse();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isTrue();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isFalse();
    }

    @Test
    void a_trap_with_a_plus_springs_from_then_on() {
        var scenario = scenario("file.beforeWrite#2+=fail, file.beforeRename=fail");

        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isFalse();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isTrue();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isTrue();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_RENAME)).isTrue();
    }

    @Test
    void an_unknown_point_is_refused_with_all_that_there_are() {
        assertThatThrownBy(() -> Trap.parse("apply.afterStop=halt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no failpoint `apply.afterStop`")
                .hasMessageContaining("apply.afterStep, ");
        assertThatThrownBy(() -> Trap.parse("apply.afterStep=explode"))
                .hasMessageContaining("halt, fail and pause");
        assertThatThrownBy(() -> Trap.parse("apply.afterStep"))
                .hasMessageContaining("POINT=ACTION");
    }

    @Test
    void a_file_switches_it_on_and_off_and_begins_the_counting_anew() throws Exception {
        var file = folder.resolve("scenario");
        var scenario = scenario("@" + file);
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isFalse();

        Files.writeString(file, "file.beforeWrite#1=fail");
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isTrue();
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isFalse();

        Files.writeString(file, "file.beforeWrite#1=fail clock=PT1H");
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isTrue();
        Files.delete(file);
        assertThat(scenario.fails(Failpoint.FILE_BEFORE_WRITE)).isFalse();
    }

    @Test
    void each_point_that_is_reached_is_traced_with_its_time() throws Exception {
        var trace = folder.resolve("trace");
        var scenario = new Scenario("", Optional.of(trace));

        var _ = scenario.fails(Failpoint.APPLY_BEFORE_STEP);
        var _ = scenario.fails(Failpoint.APPLY_AFTER_STEP);
        var _ = scenario.fails(Failpoint.APPLY_BEFORE_STEP);

        assertThat(trace).hasContent("apply.beforeStep#1\napply.afterStep#1\napply.beforeStep#2\n");
    }

    @Test
    void who_is_made_to_wait_goes_on_when_the_scenario_is_over() throws Exception {
        var file = folder.resolve("scenario");
        Files.writeString(file, "apply.beforeStep=pause");
        var scenario = scenario("@" + file);

        var waiting = Thread.ofPlatform().start(() -> scenario.fails(Failpoint.APPLY_BEFORE_STEP));
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        Files.delete(file);

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_clock_can_be_off_and_only_by_a_duration() {
        assertThat(scenario("clock=-PT24H").offset()).isEqualTo(Duration.ofDays(-1));
        assertThatThrownBy(() -> scenario("clock=yesterday").offset())
                .hasMessageContaining("write PT24H");
    }

    @Test
    void no_two_points_share_a_word() {
        assertThat(Arrays.stream(Failpoint.values()).map(Failpoint::word)).doesNotHaveDuplicates();
    }

    private static Scenario scenario(String property) {
        return new Scenario(property, Optional.empty());
    }
}
