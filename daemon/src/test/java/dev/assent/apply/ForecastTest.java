package dev.assent.apply;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.plan.Given;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.plan.render.Estimate;
import dev.assent.plan.render.Estimates;
import dev.assent.state.StepTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForecastTest {

    /// Builds a group of two servers and removes one of one.
    private static final Plan PLAN =
            Planner.plan(
                    desired(declared("postgresql/main").servers("a", "b")),
                    recorded(1, existing("postgresql/old")),
                    CATALOGUE,
                    Optional.empty());

    @Test
    void a_change_takes_as_long_as_its_servers_took_before() {
        var past = List.of(built("postgresql/x", 3), built("postgresql/y", 9), removed(1));

        assertThat(Forecast.of(PLAN, past))
                .isEqualTo(
                        Estimates.of(
                                Map.of(
                                        "c1", new Estimate(18_000, 2),
                                        "c2", new Estimate(1_000, 1))));
    }

    @Test
    void one_that_was_held_up_for_an_hour_says_nothing() {
        var past =
                List.of(
                        built("postgresql/x", 2),
                        built("postgresql/x", 3_600),
                        built("postgresql/x", 1));

        assertThat(Forecast.of(PLAN, past).of("c1")).hasValue(new Estimate(4_000, 3));
    }

    @Test
    void only_the_last_twenty_count_and_only_those_of_the_same_engine_and_kind() {
        var past =
                Stream.of(
                                IntStream.range(0, 20).mapToObj(_ -> built("postgresql/x", 2)),
                                IntStream.range(0, 99).mapToObj(_ -> built("postgresql/x", 50)),
                                Stream.of(
                                        built("redis/x", 900),
                                        new StepTime("record group postgresql/x", Duration.ZERO),
                                        new StepTime("build server", Duration.ofDays(1)),
                                        new StepTime(
                                                "build server a of nothing/x", Duration.ofDays(1))))
                        .flatMap(it -> it)
                        .toList();

        assertThat(Forecast.of(PLAN, past))
                .isEqualTo(Estimates.of(Map.of("c1", new Estimate(4_000, 20))));
    }

    @Test
    void of_what_was_never_done_nothing_is_known() {
        assertThat(Forecast.of(PLAN, List.of())).isEqualTo(Estimates.NONE);
    }

    private static StepTime built(String group, int seconds) {
        return time(ServerWork.BUILD, group, seconds);
    }

    private static StepTime removed(int seconds) {
        return time(ServerWork.REMOVE, "postgresql/old", seconds);
    }

    private static StepTime time(ServerWork work, String group, int seconds) {
        var key = new ServerKey(Given.SHOP, Given.group(group), new ServerName("pg-1"));
        return new StepTime(work.on(key), Duration.ofSeconds(seconds));
    }
}
