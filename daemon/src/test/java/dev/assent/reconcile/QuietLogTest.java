package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.log.Captured;
import dev.assent.log.LogLevel;
import dev.assent.state.PlanState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class QuietLogTest {

    @TempDir private Path folder;
    private Pipeline pipeline;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void an_idle_hour_is_quiet() throws Exception {
        pipeline.push("main");

        try (var log = Captured.at(LogLevel.INFO)) {
            for (var i = 0; i < 100; i++) {
                pipeline.poll();
                pipeline.reconciler.lookAfterPlans();
                pipeline.later(Duration.ofSeconds(36));
            }

            assertThat(log.json()).isEmpty();
        }
    }

    @Test
    void a_repository_that_fails_is_told_of_when_it_begins_when_it_ends_and_seldom_between()
            throws Exception {
        pipeline.push("main");
        var url = pipeline.repository().url();

        try (var log = Captured.at(LogLevel.INFO)) {
            pipeline.reachAt("file:///nowhere", Optional.empty(), Optional.empty());
            polls(100, Duration.ofMinutes(1));
            assertThat(events(log)).containsExactly("warn repository.not-read");

            polls(100, Duration.ofMinutes(10));
            assertThat(events(log))
                    .containsExactly(
                            "warn repository.not-read",
                            "warn repository.not-read",
                            "warn repository.not-read",
                            "warn repository.not-read");

            pipeline.reachAt(url, Optional.empty(), Optional.empty());
            polls(100, Duration.ofMinutes(1));
            assertThat(events(log)).hasSize(5).last().isEqualTo("info repository.read");
        }
    }

    @Test
    void who_has_just_started_the_daemon_hears_what_fails_already() throws Exception {
        pipeline.reachAt("file:///nowhere", Optional.empty(), Optional.empty());
        pipeline.poll();
        pipeline.restart();

        try (var log = Captured.at(LogLevel.INFO)) {
            polls(3, Duration.ofMinutes(1));

            assertThat(events(log)).containsExactly("warn repository.not-read");
        }
    }

    @Test
    void each_line_of_a_commits_way_says_what_it_is_about() throws Exception {
        try (var log = Captured.at(LogLevel.INFO)) {
            pipeline.push("main");
            var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
            pipeline.approve(plan);
            await().until(() -> log.text().contains("is applied"));

            assertThat(events(log))
                    .containsExactly(
                            "info plan.proposed",
                            "info repository.read",
                            "info plan.approved",
                            "info plan.applying",
                            "info plan.applied");
            assertThat(log.json())
                    .allSatisfy(it ->
                            assertThat(it)
                                    .contains("\"repository\":\"platform\"")
                                    .contains("\"commit\":\"" + plan.provenance().commit()))
                    .filteredOn(it -> it.contains("\"plan."))
                    .hasSize(4)
                    .allSatisfy(it ->
                            assertThat(it)
                                    .contains("\"application\":\"shop/production\"")
                                    .contains("\"plan\":\"" + plan.id() + "\""));
        }
    }

    @Test
    void what_the_world_outside_refuses_is_told_once_and_without_a_stack_trace() throws Exception {
        try (var log = Captured.at(LogLevel.INFO)) {
            pipeline.provider.breakServer("main");
            pipeline.push("main");
            var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
            pipeline.approve(plan);
            await().until(() -> pipeline.plan(plan).state() == PlanState.FAILED);

            assertThat(log.json())
                    .filteredOn(it -> it.contains("plan.failed"))
                    .singleElement()
                    .asString()
                    .contains("\"level\":\"error\"", "\"step\":\"c1.")
                    .doesNotContain("exception");
        }
    }

    private void polls(int number, Duration pace) {
        for (var i = 0; i < number; i++) {
            pipeline.poll();
            pipeline.later(pace);
        }
    }

    private static List<String> events(Captured log) {
        return log.json().stream()
                .map(it -> JsonMapper.shared().readTree(it))
                .map(it -> it.path("level").asString() + " " + it.path("event").asString())
                .toList();
    }
}
