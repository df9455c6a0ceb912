package dev.assent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.observation.Observation.Answered;
import dev.assent.observation.Observation.Applied;
import dev.assent.observation.Observation.Decided;
import dev.assent.observation.Observation.ForgeAsked;
import dev.assent.observation.Observation.Outcome;
import dev.assent.observation.Observation.Polled;
import dev.assent.observation.Observation.Stepped;
import dev.assent.observation.Observation.StoreUsed;
import dev.assent.observation.Observation.Use;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountersTest {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counters counters = new Counters(registry);

    private Exposition scraped() {
        return new Exposition(registry.scrape());
    }

    @Test
    void a_poll_is_counted_by_repository_and_by_how_it_ended() {
        counters.saw(new Polled("platform", "ok", Duration.ofMillis(250)));
        counters.saw(new Polled("platform", "ok", Duration.ofMillis(250)));
        counters.saw(new Polled("platform", "unreachable", Duration.ofSeconds(1)));

        var all = scraped();
        assertThat(all.value("assent_polls_total{repository=\"platform\",result=\"ok\"}"))
                .hasValue(2);
        assertThat(all.value("assent_polls_total{repository=\"platform\",result=\"unreachable\"}"))
                .hasValue(1);
        assertThat(all.value("assent_poll_seconds_sum{repository=\"platform\"}")).hasValue(1.5);
    }

    @Test
    void how_long_a_plan_waited_is_in_the_bucket_of_hours_or_days() {
        counters.saw(new Decided(true, Duration.ofHours(3)));

        var all = scraped();
        var bucket = "assent_plan_wait_seconds_bucket{decision=\"approved\",le=\"%s\"}";
        assertThat(all.value(bucket.formatted("3600.0"))).hasValue(0);
        assertThat(all.value(bucket.formatted("14400.0"))).hasValue(1);
        assertThat(all.value("assent_plan_wait_seconds_count{decision=\"rejected\"}")).hasValue(0);
    }

    @Test
    void with_a_clock_that_was_set_back_nobody_has_waited() {
        counters.saw(new Decided(true, Duration.ofHours(-1)));

        var all = scraped();
        assertThat(all.value("assent_plan_wait_seconds_count{decision=\"approved\"}")).hasValue(1);
        assertThat(all.value("assent_plan_wait_seconds_sum{decision=\"approved\"}")).hasValue(0);
    }

    @Test
    void how_applies_end_is_there_before_the_first_so_that_an_alert_sees_it_rise() {
        assertThat(scraped().value("assent_apply_seconds_count{outcome=\"failed\"}")).hasValue(0);

        counters.saw(new Applied(Outcome.FAILED, Duration.ofSeconds(5)));

        assertThat(scraped().value("assent_apply_seconds_count{outcome=\"failed\"}")).hasValue(1);
    }

    @Test
    void steps_the_record_and_requests_have_their_time() {
        counters.saw(new Stepped("create-group", true, Duration.ofSeconds(2)));
        counters.saw(new StoreUsed(Use.WRITE, Duration.ofMillis(500), Duration.ofMillis(4)));
        counters.saw(new StoreUsed(Use.READ, Duration.ZERO, Duration.ofMillis(1)));
        counters.saw(new Answered("GET", "/api/v1/plans/{id}", 404, Duration.ofMillis(2)));
        counters.saw(new Answered("BREW", "", 405, Duration.ofMillis(2)));

        var all = scraped();
        assertThat(all.value("assent_step_seconds_sum{action=\"create-group\",result=\"done\"}"))
                .hasValue(2);
        assertThat(all.value("assent_store_seconds_sum{operation=\"write\"}")).hasValue(0.004);
        // Who reads waits for nobody.
        assertThat(all.value("assent_store_wait_seconds_count")).hasValue(1);
        assertThat(all.value("assent_store_wait_seconds_sum")).hasValue(0.5);
        assertThat(
                        all.value(
                                "assent_http_request_seconds_count{code=\"404\",method=\"GET\",route=\"/api/v1/plans/{id}\"}"))
                .hasValue(1);
        // Whatever a stranger sends makes no series of its own.
        assertThat(
                        all.value(
                                "assent_http_request_seconds_count{code=\"405\",method=\"other\",route=\"none\"}"))
                .hasValue(1);
    }

    @Test
    void what_was_counted_of_a_repository_that_is_no_more_is_gone() {
        for (var name : Set.of("platform", "old")) {
            counters.saw(new Polled(name, "ok", Duration.ofMillis(1)));
            counters.saw(
                    new ForgeAsked(
                            name,
                            "gitea",
                            OptionalLong.of(200),
                            OptionalLong.of(7),
                            Duration.ofMillis(1)));
        }

        counters.keepOnly(Set.of("platform"));

        assertThat(scraped().text()).contains("\"platform\"").doesNotContain("\"old\"");
        assertThat(counters.remaining()).containsOnlyKeys(new Counters.Asked("platform", "gitea"));
    }
}
