package dev.assent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SimulationTest {

    /// As many as take seconds; CI has 5,000 of them: `-Dassent.simulation.seeds=5000`.
    private static final int SEEDS = Integer.getInteger("assent.simulation.seeds", 300);

    /// So many seeds come by each of these while things go wrong; otherwise they try less than they
    /// say.
    private static final int ENOUGH = 300;

    private static final String[] HAPPENS = {
        "group.created",
        "group.removed",
        "plan.applied",
        "plan.approved",
        "plan.cancelled",
        "plan.expired",
        "plan.failed",
        "plan.noted",
        "plan.proposed",
        "plan.rejected",
        "plan.resumed",
        "plan.started",
        "plan.superseded",
        "plan.taken-up",
        "provider.build",
        "provider.remove"
    };

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.assent");

    private static final Optional<Long> SEED =
            Optional.ofNullable(Long.getLong("assent.simulation.seed"));

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// What goes wrong on purpose would be told thousands of times.
    @BeforeAll
    static void be_quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void be_as_before() {
        LOG.setLevel(null);
    }

    @Test
    void whatever_happens_nothing_is_lost_and_nothing_done_that_nobody_agreed_to()
            throws Exception {
        var begin = System.nanoTime();
        var before = processor();
        var seeds = SEED.map(it -> new Seeds(it, it + 1)).orElseGet(() -> new Seeds(1, SEEDS + 1));

        var failure = seeds.go();

        System.out.printf(
                "%s in %d s (%d s of processor)%n%s%n",
                seeds.counts(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                processor().minus(before).toSeconds(),
                seeds.counts().covered());
        failure.ifPresent(it -> fail(it));
        if (seeds.counts().runs >= ENOUGH) {
            assertThat(seeds.counts().events()).containsKeys(HAPPENS);
        }
    }

    @Test
    void a_seed_always_gives_the_same_run() {
        var record = RecordFolder.place();

        for (var seed = 1L; seed <= 20; seed++) {
            var first = Seeds.run(record, seed);
            var second = Seeds.run(record, seed);

            assertThat(second.log()).isEqualTo(first.log());
        }
    }
}
