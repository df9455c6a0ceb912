package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.observation.Observation;
import dev.assent.observation.Observation.StoreUsed;
import dev.assent.observation.Observation.Use;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteCheckTest {

    @TempDir Path folder;

    private final List<Observation> seen = new CopyOnWriteArrayList<>();
    private Room room;
    private Database database;
    private WriteCheck check;

    @BeforeEach
    void open() {
        room = new Room(folder);
        database = room.beside(seen::add);
        check = new WriteCheck(database, room.time(), Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        database.close();
        room.close();
    }

    private String written() {
        return database.read(handle ->
                handle.createQuery("SELECT max(at) FROM writable").mapTo(String.class).one());
    }

    @Test
    void it_really_writes_though_not_each_time() {
        assertThat(check.trouble()).isEmpty();
        var first = written();

        room.time().pass(Duration.ofSeconds(4));
        check.trouble();
        assertThat(written()).isEqualTo(first);

        room.time().pass(Duration.ofSeconds(2));
        check.trouble();
        assertThat(written()).isGreaterThan(first);
    }

    @Test
    void a_writer_that_hangs_is_said() throws Exception {
        var inside = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var writer =
                Thread.ofVirtual()
                        .start(() ->
                                database.change(_ -> {
                                    inside.countDown();
                                    await(end);
                                }));
        await(inside);

        assertThat(check.trouble().orElseThrow())
                .contains("is being written by somebody who takes longer than 0.02 s");

        end.countDown();
        writer.join();
        room.time().pass(Duration.ofSeconds(6));
        assertThat(check.trouble()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_record_that_is_closed_can_not_be_written() {
        database.close();

        assertThat(check.trouble().orElseThrow()).startsWith("cannot write the record in ");
    }

    @Test
    void reads_writes_and_batches_are_told_of_with_how_long_they_waited() {
        seen.clear();

        written();
        database.change(_ -> {});
        database.together(() -> {
            database.change(_ -> {});
            written();
        });

        assertThat(seen)
                .extracting(it -> ((StoreUsed) it).use())
                .containsExactly(Use.READ, Use.WRITE, Use.BATCH);
    }
}
