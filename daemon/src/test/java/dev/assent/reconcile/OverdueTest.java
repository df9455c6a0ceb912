package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OverdueTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Overdue overdue = new Overdue(nanos::get);

    @Test
    void a_turn_that_nobody_has_taken_is_overdue_some_seconds_after_its_time() {
        overdue.expect("platform", Duration.ofMinutes(1));

        pass(Duration.ofSeconds(69));
        assertThat(overdue.names()).isEmpty();

        pass(Duration.ofSeconds(2));
        assertThat(overdue.names()).containsExactly("platform");
    }

    @Test
    void one_that_is_taken_or_expected_anew_is_not() {
        overdue.expect("platform", Duration.ZERO);
        overdue.expect("shop", Duration.ZERO);
        pass(Duration.ofSeconds(11));

        overdue.forget("platform");
        overdue.expect("shop", Duration.ofMinutes(5));

        assertThat(overdue.names()).isEmpty();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
