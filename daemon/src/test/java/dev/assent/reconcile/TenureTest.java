package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.state.Leases;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node's life, and what it does for all; what another node does is done to the leases.
class TenureTest {

    @TempDir Path folder;

    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicInteger lost = new AtomicInteger();
    private Store store;
    private Leases leases;
    private Tenure one;

    @BeforeEach
    void open() {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.system());
        leases = store.leases();
        one = new Tenure(leases, "one/1", nanos::get, lost::incrementAndGet);
        one.volunteer();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_node_that_begins_lives_and_does_what_one_does_for_all_where_nobody_else_does() {
        one.begin();

        assertThat(leases.living()).containsExactly("one/1");
        assertThat(leases.holder(Leases.DUTIES)).contains("one/1");
        assertThat(one.isOnDuty()).isTrue();

        one.close();

        assertThat(leases.living()).isEmpty();
        assertThat(leases.holder(Leases.DUTIES)).isEmpty();
        assertThat(one.isOnDuty()).isFalse();
        assertThat(lost).hasValue(0);
    }

    @Test
    void a_node_that_still_starts_leaves_to_others_what_one_does_for_all() {
        var starting = new Tenure(leases, "two/1", nanos::get, lost::incrementAndGet);

        starting.begin();
        assertThat(starting.isOnDuty()).isFalse();
        assertThat(leases.holder(Leases.DUTIES)).isEmpty();
        starting.volunteer();
        starting.renew();

        assertThat(starting.isOnDuty()).isTrue();
        assertThat(lost).hasValue(0);
    }

    @Test
    void what_another_one_does_for_all_it_does_as_soon_as_that_one_is_no_more() {
        leases.take(Leases.DUTIES, "other/1", Tenure.TERM);

        one.begin();
        assertThat(one.isOnDuty()).isFalse();
        leases.releaseAll("other/1");
        one.renew();

        assertThat(one.isOnDuty()).isTrue();
    }

    @Test
    void a_node_that_ends_leaves_what_it_did_for_all_to_others_first() {
        one.begin();

        one.resign();
        one.renew();

        assertThat(one.isOnDuty()).isFalse();
        assertThat(leases.take(Leases.DUTIES, "other/1", Tenure.TERM)).isPresent();
        assertThat(leases.living()).containsExactly("one/1");
        one.renew();
        assertThat(lost).hasValue(0);
    }

    @Test
    void what_is_renewed_in_time_goes_on() {
        one.begin();
        for (var i = 0; i < 10; i++) {
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            one.renew();
        }

        assertThat(one.isOnDuty()).isTrue();
        assertThat(lost).hasValue(0);
    }

    @Test
    void a_node_that_was_paused_for_longer_than_its_lease_does_nothing_even_before_it_knows() {
        one.begin();

        nanos.addAndGet(Tenure.TERM.toNanos() - 1);
        assertThat(one.isOnDuty()).isTrue();
        nanos.addAndGet(1);
        assertThat(one.isOnDuty()).isFalse();
        one.renew();
        one.renew();

        assertThat(lost).hasValue(1);
    }

    @Test
    void a_node_whose_lease_is_over_by_the_time_of_the_record_does_not_take_it_back() {
        one.begin();
        leases.releaseAll("one/1");

        one.renew();

        assertThat(lost).hasValue(1);
        assertThat(leases.living()).isEmpty();
    }

    @Test
    void a_node_whose_duties_another_one_has_taken_stops() {
        one.begin();
        leases.leave(Leases.DUTIES);
        leases.take(Leases.DUTIES, "other/1", Tenure.TERM);

        one.renew();

        assertThat(lost).hasValue(1);
    }

    @Test
    void a_node_that_cannot_reach_the_record_stops_when_its_lease_is_over() {
        one.begin();
        store.close();

        nanos.addAndGet(Tenure.TERM.toNanos() - 1);
        assertThat(fails(one::renew)).isTrue();
        assertThat(lost).hasValue(0);
        nanos.addAndGet(1);
        one.renew();

        assertThat(lost).hasValue(1);
    }

    private static boolean fails(Runnable work) {
        try {
            work.run();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
