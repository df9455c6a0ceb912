package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelapseTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void the_first_start_is_at_once_and_each_further_one_waits_twice_as_long_up_to_a_minute() {
        var relapse = Relapse.first(NOON);
        assertThat(relapse.isDue(NOON)).isTrue();

        var now = NOON;
        var waits = new ArrayList<Long>();
        for (var i = 0; i < 9; i++) {
            relapse = relapse.started(now);
            waits.add(Duration.between(now, relapse.due()).toMillis());
            assertThat(relapse.isDue(relapse.due().minusMillis(1))).isFalse();
            now = relapse.due();
            assertThat(relapse.isDue(now)).isTrue();
            // However often it dies: it does not count as well while one waits to start it.
            assertThat(relapse.isOver(now)).isFalse();
        }

        // Spread by a tenth.
        var longest = List.of(1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000);
        for (var i = 0; i < longest.size(); i++) {
            assertThat(waits.get(i)).isBetween(longest.get(i) * 9L / 10, (long) longest.get(i));
        }
        assertThat(relapse.words()).isEqualTo(", 9 times since 2026-11-26T12:00:00Z");
    }

    @Test
    void one_that_has_lived_for_five_minutes_is_well() {
        var relapse = Relapse.first(NOON).started(NOON);

        assertThat(relapse.isOver(NOON.plus(Duration.ofSeconds(299)))).isFalse();
        assertThat(relapse.isOver(NOON.plus(Duration.ofMinutes(5)))).isTrue();
        assertThat(relapse.words()).isEmpty();
    }
}
