package dev.assent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A part of `daemon/crash/run`, as much as there is time for; with another seed it is another
/// part.
class CrashIT {

    private static final Path PROGRAM =
            Path.of(System.getProperty("assent.program", "target/assent")).toAbsolutePath();
    private static final long SEED = Long.getLong("assent.seed", 1);

    @TempDir Path folder;

    @Test
    void nothing_is_lost_wherever_a_daemon_ends() throws IOException {
        var campaign = campaign(Duration.ofSeconds(10));

        campaign.everyPoint(
                new Itinerary(List.of(Stack.REDIS), Workload.FEW),
                Workload.FEW,
                Choice.usual(SEED),
                it -> new Disturbance.Trap(it + "=halt"));

        assertThat(campaign.violations()).isEmpty();
        assertThat(campaign.endings()).isPositive();
    }

    @Test
    void nothing_is_lost_whenever_a_daemon_is_killed() throws IOException {
        var campaign = campaign(Duration.ofSeconds(12));

        campaign.random(
                new Itinerary(List.of(Stack.REDIS), Workload.FEW),
                Workload.FEW,
                15,
                it -> new Disturbance.Kill(Duration.ofMillis(it.nextInt(900))));

        assertThat(campaign.violations()).isEmpty();
        assertThat(campaign.endings()).isPositive();
    }

    private Campaign campaign(Duration limit) {
        return new Campaign(
                PROGRAM, folder, Optional.empty(), 2, 24_000, SEED, Optional.of(limit), System.out);
    }
}
