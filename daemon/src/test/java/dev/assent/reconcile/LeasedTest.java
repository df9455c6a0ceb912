package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Two daemons over one record.
class LeasedTest {

    @TempDir Path folder;

    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicInteger lost = new AtomicInteger();
    private Store store;
    private Leased one;
    private Leased other;

    @BeforeEach
    void open() {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.system());
        one = new Leased(store.leases(), "one/1", nanos::get, lost::incrementAndGet);
        other = new Leased(store.leases(), "other/1", nanos::get, lost::incrementAndGet);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void one_works_and_the_other_stands_by_until_that_ends() {
        assertThat(one.take()).isTrue();
        assertThat(one.take()).isTrue();
        assertThat(other.take()).isFalse();
        assertThat(other.holder()).isEqualTo("one/1");

        one.close();

        assertThat(other.take()).isTrue();
        assertThat(other.holder()).isEqualTo("other/1");
        assertThat(lost).hasValue(0);
    }

    @Test
    void what_is_renewed_in_time_is_kept() {
        one.take();
        for (var i = 0; i < 10; i++) {
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            one.renew();
        }

        assertThat(lost).hasValue(0);
    }

    @Test
    void a_daemon_that_was_paused_for_longer_than_its_lease_stops_and_does_not_take_it_back() {
        one.take();

        nanos.addAndGet(Leased.TERM.toNanos());
        one.renew();
        one.renew();

        assertThat(lost).hasValue(1);
    }

    @Test
    void a_daemon_that_cannot_reach_the_record_stops_when_its_lease_is_over() {
        one.take();
        store.close();

        nanos.addAndGet(Leased.TERM.toNanos() - 1);
        assertThat(catching(one::renew)).isTrue();
        assertThat(lost).hasValue(0);
        nanos.addAndGet(1);
        one.renew();

        assertThat(lost).hasValue(1);
    }

    @Test
    void a_daemon_whose_lease_another_one_has_taken_stops() {
        one.take();
        store.leases().releaseAll("one/1");
        other.take();

        one.renew();

        assertThat(lost).hasValue(1);
    }

    private static boolean catching(Runnable work) {
        try {
            work.run();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
