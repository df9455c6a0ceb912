package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes over one record. The record's clock is the machine's: leases that have run out there
/// are made so by letting go of them.
class LeasedTest {

    @TempDir Path folder;

    private final AtomicLong nanos = new AtomicLong(1);
    private final List<String> lost = new ArrayList<>();
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
        one = new Leased(store.leases(), "one/1", nanos::get, lost::add);
        other = new Leased(store.leases(), "other/1", nanos::get, lost::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_one_node_has_no_other_gets_until_it_lets_go() {
        assertThat(one.take("post")).isTrue();
        assertThat(one.take("post")).isTrue();
        assertThat(other.take("post")).isFalse();
        assertThat(other.take("watch")).isTrue();

        one.release("post");

        assertThat(one.holds("post")).isFalse();
        assertThat(other.take("post")).isTrue();
        assertThat(lost).isEmpty();
    }

    @Test
    void a_node_that_could_not_renew_for_a_term_holds_nothing_even_before_it_knows() {
        one.take("post");

        nanos.addAndGet(Leased.TERM.toNanos() - 1);
        assertThat(one.holds("post")).isTrue();
        nanos.addAndGet(1);
        assertThat(one.holds("post")).isFalse();

        one.renew();
        assertThat(lost).containsExactly("post");
        assertThat(one.holds("post")).isFalse();
    }

    @Test
    void what_is_renewed_in_time_is_held_on() {
        one.take("post");
        for (var i = 0; i < 10; i++) {
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            one.renew();
        }

        assertThat(one.holds("post")).isTrue();
        assertThat(lost).isEmpty();
    }

    @Test
    void what_another_node_has_taken_is_lost_at_the_next_renewal() {
        one.take("post");
        store.leases().releaseAll("one/1");
        other.take("post");

        one.renew();

        assertThat(one.holds("post")).isFalse();
        assertThat(lost).containsExactly("post");
        assertThat(store.leases().holder("post")).contains("other/1");
    }

    @Test
    void a_node_that_ends_leaves_all_of_it_to_others() {
        one.start();
        one.take("post");
        one.take("watch");

        one.close();

        assertThat(other.take("post")).isTrue();
        assertThat(other.take("watch")).isTrue();
    }
}
