package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {

    @TempDir Path folder;
    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void a_delivery_is_new_once_for_each_repository_and_over_a_restart() {
        assertThat(isNew("platform", "a")).isTrue();
        assertThat(isNew("platform", "a")).isFalse();
        assertThat(isNew("shop", "a")).isTrue();
        room.reopen();

        assertThat(isNew("platform", "a")).isFalse();
        assertThat(isNew("platform", "b")).isTrue();
    }

    @Test
    void one_known_mark_is_enough_to_be_known() {
        isNew("platform", "id-1", "body-1");

        assertThat(isNew("platform", "id-2", "body-1")).isFalse();
        assertThat(isNew("platform", "id-1", "body-2")).isFalse();
        assertThat(isNew("platform", "id-3", "body-3")).isTrue();
    }

    @Test
    void after_a_week_a_delivery_is_forgotten() {
        isNew("platform", "a");

        room.time().pass(Deliveries.REMEMBERED);
        assertThat(isNew("platform", "a")).isFalse();
        room.time().pass(Duration.ofSeconds(1));
        assertThat(isNew("platform", "a")).isTrue();
    }

    @Test
    void no_more_than_ten_thousand_are_remembered() throws SQLException {
        isNew("platform", "first");
        room.directly(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
                INSERT INTO delivery (repository, mark, at)
                SELECT 'platform', 'm' || i, (SELECT max(at) FROM delivery) FROM n\
                """);

        assertThat(isNew("platform", "last")).isTrue();

        assertThat(room.count("delivery")).isEqualTo(Deliveries.MOST + 1);
        assertThat(isNew("platform", "m12000")).isFalse();
        assertThat(isNew("platform", "first")).isTrue();
    }

    private boolean isNew(String repository, String... marks) {
        return room.store().deliveries().isNew(repository, List.of(marks));
    }
}
