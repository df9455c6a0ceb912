package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

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
    void entries_are_kept_newest_first_with_everything_that_was_said() {
        room.store().audit().note("ada", "variables.shown", SHOP, "A \"B\" – C");
        room.store().audit().note("bob", "server.restarted", BLOG, "");

        var all = room.store().audit().newest(Optional.empty(), 10);

        assertThat(all).extracting(AuditEntry::number).containsExactly(2L, 1L);
        assertThat(all).extracting(AuditEntry::who).containsExactly("bob", "ada");
        assertThat(all.getLast().detail()).isEqualTo("A \"B\" – C");
        assertThat(all.getLast().application()).contains("shop/production");
        assertThat(all.getLast().plan()).isEmpty();
        assertThat(all.getLast().at()).isEqualTo(room.time().instant());
        assertThat(room.store().audit().newest(Optional.of(SHOP), 10)).hasSize(1);
        assertThat(room.store().audit().newest(Optional.empty(), 1)).hasSize(1);
    }

    @Test
    void an_untouched_chain_holds_across_restarts() {
        assertThat(room.store().audit().firstBroken()).isEmpty();
        notes(3);
        room.reopen();
        notes(3);

        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    @Test
    void many_who_write_at_once_make_one_chain() throws Exception {
        Together.all(
                8,
                number -> {
                    notes(10);
                    return number;
                });

        assertThat(room.store().audit().newest(Optional.empty(), 100)).hasSize(80);
        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET who = 'eve' WHERE number = 2",
                "DELETE FROM audit WHERE number = 2",
                "INSERT INTO audit (number, at, who, what, detail, hash, seal) SELECT number + 9, at, who, what, detail, hash, seal FROM audit WHERE number = 2"
            })
    void the_database_itself_refuses_to_change_the_trail(String statement) {
        notes(3);

        assertThatThrownBy(() -> room.directly(statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the audit trail is append-only");

        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    @Test
    @Tag("sqlite")
    void the_database_itself_refuses_to_replace_an_entry() {
        notes(3);

        assertThatThrownBy(() ->
                        room.directly(
                                """
                                INSERT OR REPLACE INTO audit (number, at, who, what, detail, hash)
                                SELECT number, at, 'eve', what, detail, hash
                                  FROM audit
                                 WHERE number = 2\
                                """))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the audit trail is append-only");

        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit SET who = 'eve' WHERE number = 3            | 3",
                "UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE number = 3 | 3",
                "UPDATE audit SET application = NULL WHERE number = 3     | 3",
                "UPDATE audit SET plan = '' WHERE number = 3              | 3",
                "UPDATE audit SET detail = 'other' WHERE number = 3       | 3",
                "UPDATE audit SET hash = lower('00') WHERE number = 3 | 3",
                "DELETE FROM audit WHERE number = 1                       | 1",
                "DELETE FROM audit WHERE number = 3                       | 3",
                "DELETE FROM audit WHERE number >= 4                      | 4",
                "DELETE FROM audit                                        | 1",
            })
    void whatever_was_edited_removed_or_reordered_is_found(String statement, long first)
            throws SQLException {
        notes(5);

        room.letAuditBeEdited();
        room.directly(statement);

        assertThat(room.store().audit().firstBroken()).contains(first);
    }

    @Test
    void entries_that_changed_places_are_found() throws SQLException {
        notes(5);

        room.letAuditBeEdited();
        room.directly(
                "UPDATE audit SET number = 99 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 4",
                "UPDATE audit SET number = 4 WHERE number = 99");

        assertThat(room.store().audit().firstBroken()).contains(3L);
    }

    private void notes(int count) {
        for (var i = 0; i < count; i++) {
            room.store().audit().note("ada", "test.noted", SHOP, "note " + i);
        }
    }
}
