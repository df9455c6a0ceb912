package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are gone, damaged or another's.
@Tag("sqlite")
class LostRecordTest {

    private static final int PAGE = 4096;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret.key",
                "record.begun",
                "servers/here/redis-1",
                "mirrors/platform.git"
            })
    void a_record_that_is_gone_is_not_taken_for_one_yet_to_be_made(String left) throws IOException {
        var file = folder.resolve(left);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "left");

        assertThatThrownBy(() -> StateFolder.enter(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is gone, though there was one before: " + left.split("/")[0])
                .hasMessageContaining("assent state restore FILE --state " + folder)
                .hasMessageContaining("assent state new --state " + folder);
        assertThat(folder.resolve("assent.db")).doesNotExist();
    }

    @Test
    void an_empty_file_is_a_lost_record_only_where_there_was_one() throws IOException {
        Files.createFile(folder.resolve("assent.db"));
        Files.writeString(
                folder.resolve("secret.key"), "made after the file, by a start that was stopped");
        assertThatCode(() -> StateFolder.enter(folder)).doesNotThrowAnyException();

        StateFolder.begun(folder);

        assertThatThrownBy(() -> StateFolder.enter(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "is empty, though there was one before: record.begun is there");
    }

    @Test
    void a_folder_that_was_never_used_is_made_ready_and_one_with_a_record_left_alone()
            throws IOException {
        StateFolder.enter(folder);
        assertThat(folder.resolve("assent.db")).exists().isEmptyFile();
        Files.writeString(folder.resolve("assent.db"), "a record");
        StateFolder.begun(folder);
        StateFolder.begun(folder);

        assertThatCode(() -> StateFolder.enter(folder)).doesNotThrowAnyException();
    }

    @Test
    void to_begin_anew_is_a_decision_and_deletes_nothing() throws IOException {
        Files.writeString(folder.resolve("assent.db-wal"), "all that is left");
        StateFolder.begun(folder);
        assertThatThrownBy(() -> StateFolder.enter(folder)).isInstanceOf(StateException.class);

        var aside = StateFolder.beginAnew(folder, Instant.parse("2026-11-26T08:00:00Z"));

        assertThat(aside).containsExactly(folder.resolve("assent.db.before-20261126T080000Z-wal"));
        assertThat(aside.getFirst()).hasContent("all that is left");
        assertThatCode(() -> StateFolder.enter(folder)).doesNotThrowAnyException();
        Files.writeString(folder.resolve("assent.db"), "a record");
        assertThatThrownBy(() -> StateFolder.beginAnew(folder, Instant.EPOCH))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("it is left as it is");
    }

    /// The kinds of pages that a database has, by their first byte.
    enum Page {
        TABLE_INTERIOR(0x05),
        TABLE_LEAF(0x0d),
        INDEX_INTERIOR(0x02),
        INDEX_LEAF(0x0a),
        OVERFLOW(0x00);

        private final int first;

        Page(int first) {
            this.first = first;
        }
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void random_bytes_in_a_page_of_any_kind_are_found_and_left_as_they_are(Page kind)
            throws IOException {
        filled();
        var file = folder.resolve("state.db");
        var bytes = Files.readAllBytes(file);
        var page = page(bytes, kind);
        var noise = new byte[PAGE];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, page * PAGE, PAGE);
        Files.write(file, bytes);

        refusedAsItIs("damaged");
    }

    private static int page(byte[] bytes, Page kind) {
        var found = new HashMap<Integer, Integer>();
        for (var page = 1; page < bytes.length / PAGE; page++) {
            found.putIfAbsent((int) bytes[page * PAGE], page);
        }
        assertThat(found).as("pages by kind").containsKey(kind.first);
        return Objects.requireNonNull(found.get(kind.first));
    }

    @ParameterizedTest
    @ValueSource(ints = {PAGE, PAGE + 100, 20 * PAGE, 40 * PAGE - 1})
    void a_file_that_was_cut_off_is_found_and_left_as_it_is(int length) throws IOException {
        filled();
        var file = folder.resolve("state.db");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

        refusedAsItIs("damaged");
    }

    @Test
    void a_first_page_of_noise_is_no_database() throws IOException {
        filled();
        var file = folder.resolve("state.db");
        var bytes = Files.readAllBytes(file);
        var noise = new byte[PAGE];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, 0, PAGE);
        Files.write(file, bytes);

        refusedAsItIs("is no SQLite database");
    }

    @Test
    void a_log_that_is_gone_after_a_crash_is_missed() throws IOException {
        crashed();
        Files.delete(folder.resolve("state.db-wal"));

        refusedAsItIs("is gone, though the record in");
        // What the message says.
        Files.delete(folder.resolve("state.db.lock"));
        assertThatCode(() -> new Room(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void a_crash_alone_is_none() throws IOException {
        crashed();
        assertThatCode(() -> new Room(folder).close()).doesNotThrowAnyException();
        assertThatCode(() -> new Room(folder).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_log_of_another_database_is_not_taken_for_ours(boolean sameKey, @TempDir Path other)
            throws IOException {
        new Room(folder).close();
        if (sameKey) Files.copy(folder.resolve("secret.key"), other.resolve("secret.key"));
        try (var room = new Room(other)) {
            notes(room, 300);
            room.built(Room.SHOP, Room.MAIN);
            Files.copy(other.resolve("state.db-wal"), folder.resolve("state.db-wal"));
        }
        try (var room = new Room(folder)) {
            // The log may hold all of the other record; then it is that, whole, under its own key.
            assertThat(sameKey).isTrue();
            assertThat(room.store().audit().verify().found()).isEmpty();
        } catch (StateException e) {
            assertThat(e).hasMessageMatching("(?s).*(Nothing was changed|is not the one that).*");
        }
    }

    @Test
    void the_log_of_a_later_day_of_the_same_record_is_not_taken_for_ours() throws IOException {
        var later = Files.createDirectory(folder.resolve("later"));
        filled();
        Files.copy(folder.resolve("state.db"), later.resolve("state.db"));
        Files.copy(folder.resolve("secret.key"), later.resolve("secret.key"));
        try (var room = new Room(later)) {
            notes(room, 2000);
        }
        try (var room = new Room(later)) {
            notes(room, 3);
            Files.copy(later.resolve("state.db-wal"), folder.resolve("state.db-wal"));
        }

        refusedAsItIs("");
    }

    @Test
    void a_key_that_is_gone_or_another_opens_nothing() throws IOException {
        filled();
        Files.delete(folder.resolve("secret.key"));

        assertThatThrownBy(() -> SecretKeyFile.read(folder.resolve("secret.key")))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("Put the key back where it was");
        SecretKeyFile.readOrCreate(folder.resolve("secret.key"));
        refusedAsItIs("is not the one that");
    }

    @Test
    void a_row_that_refers_to_nothing_is_found() throws IOException, SQLException {
        try (var room = new Room(folder)) {
            room.built(Room.SHOP, Room.MAIN);
            room.directly("PRAGMA foreign_keys = OFF", "DELETE FROM plan");
        }

        refusedAsItIs("refers to a plan that is not there");
    }

    private void refusedAsItIs(String words) throws IOException {
        var before = content();

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(words)
                .hasMessageMatching("(?s).*(backup|bring back).*");

        assertThat(content()).isEqualTo(before);
    }

    private Map<String, Integer> content() throws IOException {
        var content = new HashMap<String, Integer>();
        for (var name : new String[] {"state.db", "state.db-wal"}) {
            var file = folder.resolve(name);
            // Whoever only reads leaves an empty log behind.
            if (Files.exists(file) && Files.size(file) > 0)
                content.put(name, Arrays.hashCode(Files.readAllBytes(file)));
        }
        return content;
    }

    /// So much that there are pages of all kinds.
    private void filled() {
        try (var room = new Room(folder)) {
            notes(room, 1200);
            room.store().audit().note("ada", "test.noted", Room.SHOP, "long ".repeat(4000));
            room.built(Room.SHOP, Room.MAIN);
        }
    }

    private static void notes(Room room, int count) {
        room.store()
                .together(() -> {
                    for (var i = 0; i < count; i++) {
                        room.store().audit().note("ada", "test.noted", Room.SHOP, "note " + i);
                    }
                });
    }

    /// As a daemon leaves it that was killed.
    private void crashed() throws IOException {
        var running = Files.createDirectory(folder.resolve("running"));
        try (var room = new Room(running)) {
            notes(room, 10);
            for (var name :
                    new String[] {"state.db", "state.db-wal", "state.db.lock", "secret.key"}) {
                Files.copy(
                        running.resolve(name),
                        folder.resolve(name),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void what_a_backup_left_that_was_broken_off_is_cleared_away_and_nothing_else()
            throws IOException {
        var whole = Files.writeString(folder.resolve("record.backup"), "whole");
        var unfinished = Files.createDirectories(folder.resolve(".backup-17/.backup-18"));
        Files.writeString(unfinished.resolve("record.db"), "half");
        Files.writeString(folder.resolve(".backup-19.new"), "half");

        StateFolder.deleteUnfinishedCopies(folder);

        assertThat(folder).isDirectoryNotContaining("glob:**/.backup-*");
        assertThat(whole).exists();
    }
}
