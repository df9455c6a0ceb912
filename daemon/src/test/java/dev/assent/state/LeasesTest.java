package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path folder;

    private Room room;
    private Leases leases;

    @BeforeEach
    void open() {
        room = new Room(folder);
        leases = room.store().leases();
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void the_token_rises_whenever_another_holder_gets_it_and_only_then() {
        assertThat(leases.take("post", "one", LONG)).hasValue(1L);
        assertThat(leases.take("post", "one", LONG)).hasValue(1L);
        assertThat(leases.take("post", "other", LONG)).isEmpty();
        assertThat(leases.holder("post")).hasValue("one");

        leases.releaseAll("one");

        assertThat(leases.holder("post")).isEmpty();
        assertThat(leases.take("post", "other", LONG)).hasValue(2L);
        assertThat(leases.take("post", "one", LONG)).isEmpty();
    }

    @Test
    void one_that_has_run_out_is_anybodys() {
        leases.take("post", "one", Duration.ZERO);

        assertThat(leases.take("post", "other", LONG)).hasValue(2L);
    }

    @Test
    void many_that_want_the_same_at_once_are_told_of_one_who_has_it() throws Exception {
        var got = Together.all(8, it -> leases.take("post", "node-" + it, LONG));

        assertThat(got.stream().flatMap(Optional::stream)).containsExactly(1L);
    }
}
