package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration POLL = Duration.ofSeconds(30);

    @Test
    void a_repository_that_answers_is_looked_at_at_its_own_pace() {
        assertThat(Backoff.until(POLL, 0)).isEqualTo(POLL);
    }

    @Test
    void one_that_fails_is_looked_at_less_and_less_often() {
        assertThat(Backoff.until(POLL, 1)).isBetween(Duration.ofSeconds(27), POLL);
        assertThat(Backoff.until(POLL, 3))
                .isBetween(Duration.ofSeconds(108), Duration.ofSeconds(120));
    }

    @Test
    void and_never_less_than_every_ten_minutes() {
        assertThat(Backoff.until(POLL, 1_000))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void unless_its_own_pace_is_slower_than_that() {
        var slow = Duration.ofHours(1);

        assertThat(Backoff.until(slow, 5)).isBetween(Duration.ofMinutes(54), slow);
    }
}
