package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.log.Captured;
import dev.assent.log.LogLevel;
import dev.assent.provider.Death.Fate;
import dev.assent.state.AuditEntry;
import dev.assent.state.PlanState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers that die, with a clock that tests move.
@Timeout(60)
class DeathWatchTest {

    @TempDir private Path folder;
    private Pipeline pipeline;
    private DeathWatch watch;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.push("main", "other");
        var plan = pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        watch = new DeathWatch(pipeline.store, pipeline.settings, pipeline);
    }

    @AfterEach
    void close() {
        pipeline.provider.release();
        watch.close();
        pipeline.close();
    }

    @Test
    void what_does_not_run_when_the_daemon_starts_is_started_and_told() {
        pipeline.provider.die("main", Fate.ENDED, "");
        pipeline.provider.die("other", Fate.GIVEN_UP, "five deaths in two minutes");

        watch.look();

        awaitTold(
                "server.started postgresql/main/main was stopped and is started",
                "server.started postgresql/other/other was stopped and is started");
    }

    @Test
    void a_server_that_dies_is_started_again_at_once_and_told_once() {
        watch.look();
        pipeline.provider.die("main", Fate.ENDED, "");

        try (var log = Captured.at(LogLevel.INFO)) {
            seconds(60);

            awaitTold("server.restarted postgresql/main/main had died and was started again");
            assertThat(pipeline.provider.tries()).containsExactly("main");
            assertThat(log.json()).singleElement().asString().contains("server.restarted");
        }
    }

    @Test
    void one_that_dies_again_and_again_is_started_less_and_less_often_and_told_how_often() {
        watch.look();
        for (var second = 0; second < 300; second++) {
            pipeline.provider.die("main", Fate.ENDED, "");
            lookAndWait();
            pipeline.later(Duration.ofSeconds(1));
        }

        // 0, 1, 3, 7, 15, 31, 63 and then every minute: about 10 in five minutes.
        assertThat(pipeline.provider.tries()).hasSizeBetween(9, 14);
        assertThat(told()).hasSameSizeAs(pipeline.provider.tries());
        assertThat(told().getLast()).contains("times since 2026-11-25T12:00:00Z");
    }

    @Test
    void one_that_was_well_meanwhile_is_started_at_once_again() {
        watch.look();
        for (var i = 0; i < 6; i++) {
            pipeline.provider.die("main", Fate.ENDED, "");
            seconds(70);
        }
        var before = pipeline.provider.tries().size();
        seconds(301);

        pipeline.provider.die("main", Fate.ENDED, "");
        lookAndWait();

        assertThat(pipeline.provider.tries()).hasSize(before + 1);
        assertThat(told().getLast()).endsWith("had died and was started again");
    }

    @Test
    void one_that_takes_long_to_come_up_holds_up_no_other() {
        watch.look();
        pipeline.provider.slowServer("main");
        pipeline.provider.die("main", Fate.ENDED, "");
        pipeline.provider.die("other", Fate.ENDED, "");

        watch.look();

        awaitTold("server.restarted postgresql/other/other had died and was started again");
        watch.look();
        assertThat(pipeline.provider.tries()).containsOnlyOnce("main");
        pipeline.provider.release();
        await().untilAsserted(() -> assertThat(told()).hasSize(2));
    }

    @Test
    void one_that_cannot_be_started_is_tried_again_and_told_when_it_begins_and_when_it_ends() {
        watch.look();
        pipeline.provider.breakServer("main");
        pipeline.provider.die("main", Fate.ENDED, "");
        seconds(300);
        assertThat(pipeline.provider.tries()).hasSizeBetween(8, 14);

        pipeline.provider.mendServer("main");
        seconds(70);

        assertThat(told()).hasSize(2);
        assertThat(told().getFirst()).startsWith("server.not-started").contains("it is broken");
        assertThat(told().getLast())
                .contains("had died and was started again", "times since 2026-11-25T12:00");
    }

    @Test
    void what_whoever_keeps_it_has_started_again_is_told_and_left_alone() {
        watch.look();
        pipeline.provider.die("main", Fate.RESTARTED, "");
        watch.look();
        pipeline.later(Duration.ofSeconds(2));
        pipeline.provider.die("main", Fate.RESTARTED, "");

        watch.look();

        assertThat(told())
                .containsExactly(
                        "server.restarted postgresql/main/main had died and was started again",
                        "server.restarted postgresql/main/main had died and was started again, 2"
                                + " times since 2026-11-25T12:00:00Z");
        assertThat(pipeline.provider.tries()).isEmpty();
    }

    @Test
    void what_whoever_keeps_it_has_given_up_is_told_once_each_time_and_left_alone() {
        watch.look();
        pipeline.provider.die("main", Fate.GIVEN_UP, "five deaths in two minutes");
        try (var log = Captured.at(LogLevel.INFO)) {
            seconds(300);
            assertThat(log.json()).singleElement().asString().contains("server.given-up");
        }
        assertThat(told())
                .containsExactly(
                        "server.given-up postgresql/main/main has died and is not started again:"
                                + " five deaths in two minutes");
        assertThat(pipeline.provider.tries()).isEmpty();

        pipeline.provider.live("main");
        seconds(11);
        pipeline.provider.die("main", Fate.GIVEN_UP, "five deaths in two minutes");
        seconds(11);

        assertThat(told()).hasSize(2);
    }

    @Test
    void nothing_is_started_while_the_daemon_stops() {
        watch.look();
        pipeline.provider.die("main", Fate.ENDED, "");

        watch.close();
        watch.look();

        assertThat(pipeline.provider.tries()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void servers_of_a_group_that_is_gone_are_looked_at_no_more() throws Exception {
        watch.look();
        pipeline.provider.die("other", Fate.ENDED, "");
        pipeline.provider.breakServer("other");
        lookAndWait();
        assertThat(pipeline.provider.tries()).hasSize(1);
        pipeline.provider.mendServer("other");
        pipeline.push("main");
        var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
        var approved = pipeline.approve(plan, "postgresql/other");
        await().until(() -> pipeline.plan(approved).state() == PlanState.APPLIED);

        seconds(100);

        assertThat(pipeline.provider.tries()).hasSize(1);
    }

    @Test
    void what_servers_write_is_kept_short_every_ten_seconds() {
        seconds(30);

        assertThat(pipeline.provider.trims()).isEqualTo(3);
    }

    private void seconds(int number) {
        for (var second = 0; second < number; second++) {
            lookAndWait();
            pipeline.later(Duration.ofSeconds(1));
        }
    }

    /// So that the clock does not move before what the look has begun is done.
    private void lookAndWait() {
        watch.look();
        while (!watch.isAtRest()) Thread.onSpinWait();
    }

    private void awaitTold(String... what) {
        await().untilAsserted(() -> assertThat(told()).containsExactlyInAnyOrder(what));
    }

    /// What the history says of servers, without the application that they all belong to.
    private List<String> told() {
        return pipeline.store.audit().newest(Optional.empty(), 100).reversed().stream()
                .filter(it -> it.what().startsWith("server."))
                .filter(it -> !it.what().equals("server.built"))
                .map(DeathWatchTest::words)
                .toList();
    }

    private static String words(AuditEntry entry) {
        return entry.what() + " " + entry.detail().replace("shop/production/", "");
    }
}
