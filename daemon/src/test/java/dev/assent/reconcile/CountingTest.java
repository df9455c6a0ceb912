package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.metrics.Exposition;
import dev.assent.metrics.Metrics;
import dev.assent.metrics.Sources;
import dev.assent.observation.Observers;
import dev.assent.source.Repository;
import dev.assent.state.PlanState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pipeline does is counted as it does it.
class CountingTest {

    @TempDir Path folder;

    private final Observers observers = new Observers();
    private Optional<Repository> other = Optional.empty();
    private Pipeline pipeline;
    private Lookout lookout;
    private Metrics metrics;

    @BeforeEach
    void start() throws Exception {
        pipeline = new Pipeline(folder, observers);
        lookout =
                new Lookout(
                        () -> pipeline.store.records().all(),
                        it -> new Supervisor(pipeline.store, pipeline.settings).health(it),
                        pipeline);
        metrics =
                new Metrics(
                        new Sources(
                                pipeline.store,
                                folder,
                                lookout,
                                () -> List.of(other.orElse(pipeline.repository())),
                                () -> List.of("notify:ops"),
                                Optional::empty,
                                Optional::empty,
                                "1.0",
                                pipeline));
        observers.tell(metrics);
    }

    @AfterEach
    void stop() {
        metrics.close();
        lookout.close();
        pipeline.close();
    }

    private double value(String series) {
        // More than what was asked last still holds.
        pipeline.later(Duration.ofSeconds(3));
        return Exposition.of(metrics.page("")).value(series).orElse(Double.NaN);
    }

    @Test
    void from_a_commit_to_a_server_everything_is_counted() throws Exception {
        pipeline.push("main");

        assertThat(value("assent_polls_total{repository=\"platform\",result=\"ok\"}")).isEqualTo(1);
        assertThat(value("assent_fetch_seconds_count{repository=\"platform\"}")).isEqualTo(1);
        assertThat(value("assent_manifests{condition=\"valid\",repository=\"platform\"}"))
                .isEqualTo(1);
        assertThat(value("assent_plans{state=\"proposed\"}")).isEqualTo(1);
        pipeline.later(Duration.ofHours(2));
        assertThat(value("assent_plan_oldest_seconds{state=\"proposed\"}")).isBetween(7200., 7300.);

        var plan = pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        Awaitility.await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);

        assertThat(value("assent_plan_wait_seconds_bucket{decision=\"approved\",le=\"3600.0\"}"))
                .isEqualTo(0);
        assertThat(value("assent_plan_wait_seconds_bucket{decision=\"approved\",le=\"14400.0\"}"))
                .isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(value("assent_apply_seconds_count{outcome=\"applied\"}"))
                                .isEqualTo(1));
        assertThat(value("assent_step_seconds_count{action=\"create-group\",result=\"done\"}"))
                .isEqualTo(2);
        assertThat(value("assent_groups{engine=\"postgresql\"}")).isEqualTo(1);
        // Nothing waits any more: there is no oldest, which is not one of 0 s.
        assertThat(value("assent_plan_oldest_seconds{state=\"proposed\"}")).isNaN();
        assertThat(value("assent_store_seconds_count{operation=\"batch\"}")).isPositive();

        // Before the first look nobody knows how it is.
        assertThat(value("assent_servers{engine=\"postgresql\",health=\"running\"}")).isNaN();
        lookout.goRound();
        assertThat(value("assent_servers{engine=\"postgresql\",health=\"missing\"}")).isEqualTo(1);
        assertThat(value("assent_servers{engine=\"postgresql\",health=\"running\"}")).isEqualTo(0);
    }

    @Test
    void an_apply_that_fails_and_a_no_are_counted_as_such() throws Exception {
        pipeline.push("main");
        pipeline.provider.breakServer("main");
        var plan = pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        Awaitility.await().until(() -> pipeline.plan(plan).state() == PlanState.FAILED);

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(value("assent_apply_seconds_count{outcome=\"failed\"}"))
                                .isEqualTo(1));
        assertThat(value("assent_step_seconds_count{action=\"create-group\",result=\"failed\"}"))
                .isEqualTo(1);

        pipeline.push("main", "spare");
        var next = pipeline.plans(PlanState.PROPOSED).getFirst();
        pipeline.reconciler.reject(next.id(), Speaker.admin("ada", Channel.CLI), "not this week");

        assertThat(value("assent_plan_wait_seconds_count{decision=\"rejected\"}")).isEqualTo(1);
    }

    @Test
    void a_repository_that_does_not_answer_is_counted_and_shown_as_that() throws Exception {
        pipeline.push("main");
        pipeline.reachAt(
                folder.resolve("nowhere").toUri().toString(), Optional.empty(), Optional.empty());
        pipeline.poll();

        assertThat(value("assent_polls_total{repository=\"platform\",result=\"unreachable\"}"))
                .isEqualTo(1);
        var condition = "assent_repository_condition{condition=\"%s\",repository=\"platform\"}";
        assertThat(value(condition.formatted("unreachable"))).isEqualTo(1);
        assertThat(value(condition.formatted("ok"))).isEqualTo(0);
    }

    @Test
    void the_series_of_a_repository_that_the_configuration_no_longer_names_are_gone()
            throws Exception {
        pipeline.push("main");
        assertThat(Exposition.of(metrics.page("")).text()).contains("repository=\"platform\"");

        other = Optional.of(named("elsewhere"));
        pipeline.later(Duration.ofSeconds(3));

        assertThat(Exposition.of(metrics.page("")).text())
                .doesNotContain("repository=\"platform\"");
    }

    private Repository named(String name) {
        var it = pipeline.repository();
        return new Repository(
                name, it.url(), it.branch(), it.manifests(), it.environments(), it.poll());
    }

    @Test
    void who_listens_and_fails_stops_nothing() throws Exception {
        observers.tell(_ -> {
            throw new IllegalStateException("broken");
        });

        pipeline.push("main");

        assertThat(pipeline.plans(PlanState.PROPOSED)).hasSize(1);
    }

    @Test
    void a_record_that_is_gone_leaves_what_is_in_it_out_and_tells_the_rest() throws Exception {
        pipeline.push("main");
        pipeline.store.close();
        pipeline.later(Duration.ofSeconds(3));

        var all = Exposition.of(metrics.page(""));

        assertThat(all.value("assent_plans{state=\"proposed\"}")).isEmpty();
        assertThat(all.value("assent_healthy")).hasValue(1);
        assertThat(all.value("assent_polls_total{repository=\"platform\",result=\"ok\"}"))
                .hasValue(1);
    }
}
