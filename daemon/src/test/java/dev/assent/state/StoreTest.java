package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.Standing;
import dev.assent.state.JournalEntry.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    @TempDir Path folder;

    @Test
    void what_was_written_is_there_after_opening_anew() {
        try (var room = new Room(folder)) {
            var approval = room.started(Room.SHOP, Room.creating(Room.MAIN));
            room.store().journal().started(approval, "c1.1", "build server");
            room.store().records().groupCreated(approval, "c1.2", Room.group(Room.MAIN, true));
            var before = room.store().records().of(Room.SHOP);

            room.reopen();

            assertThat(room.store().records().of(Room.SHOP)).isEqualTo(before);
            assertThat(room.plans().interrupted())
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.digest()).isEqualTo(approval.digest());
                        assertThat(it.changes()).isEqualTo(approval.changes());
                        assertThat(room.store().journal().isDone(it, "c1.1")).isFalse();
                        assertThat(room.store().journal().isDone(it, "c1.2")).isTrue();
                    });
            assertThat(room.store().journal().entries(approval.digest(), 0))
                    .extracting(JournalEntry::event)
                    .containsExactly(Event.STARTED, Event.DONE);
        }
    }

    @Test
    @Tag("sqlite")
    void the_database_and_its_logs_are_readable_by_their_owner_alone() throws IOException {
        var database = folder.resolve("made").resolve("state.db");
        var key = SecretKeyFile.readOrCreate(folder.resolve("key"));

        try (var store = Store.open(database, key, InstantSource.system())) {
            store.audit().note("ada", "test.noted", Room.SHOP, "so that there is a log");

            assertThat(permissions(folder.resolve("made"))).isEqualTo("rwx------");
            for (var name : List.of("state.db", "state.db-wal", "state.db-shm", "state.db.lock")) {
                assertThat(permissions(database.resolveSibling(name))).isEqualTo("rw-------");
            }
        }
    }

    @Test
    @Tag("sqlite")
    void a_database_that_others_could_read_is_closed_to_them() throws IOException {
        new Room(folder).close();
        var database = folder.resolve("state.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        new Room(folder).close();

        assertThat(permissions(database)).isEqualTo("rw-------");
    }

    @Test
    @Tag("sqlite")
    void every_commit_is_on_the_disk_before_its_call_returns() {
        try (var room = new Room(folder);
                var database = room.beside()) {
            var settings =
                    database.write(handle ->
                            handle.createQuery("PRAGMA synchronous").mapTo(Integer.class).one()
                                    + handle.createQuery("PRAGMA journal_mode")
                                            .mapTo(String.class)
                                            .one()
                                    + handle.createQuery("PRAGMA foreign_keys")
                                            .mapTo(Integer.class)
                                            .one());

            assertThat(settings).isEqualTo("2wal1");
        }
    }

    @Test
    void a_reader_cannot_write() {
        try (var room = new Room(folder);
                var database = room.beside()) {
            assertThatThrownBy(() -> database.read(handle -> handle.execute("DELETE FROM plan")))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("cannot read the record in ");
        }
    }

    @Test
    @Tag("sqlite")
    void a_second_opener_is_refused_and_told_who_has_it() {
        try (var room = new Room(folder)) {
            assertThatThrownBy(() -> new Room(folder))
                    .isInstanceOf(StateException.class)
                    .hasMessage(
                            "the record in %s is in use by another assent process (process %d); there can be only one: stop it first, or use another state folder"
                                    .formatted(room.database(), ProcessHandle.current().pid()));

            assertThat(room.plans().open()).isEmpty();
        }
        new Room(folder).close();
    }

    @Test
    void another_key_is_refused_at_once() throws IOException {
        new Room(folder).close();
        var other = folder.resolve("other.key");
        SecretKeyFile.readOrCreate(other);
        Files.delete(folder.resolve("secret.key"));
        Files.copy(other, folder.resolve("secret.key"));

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("the key in " + folder.resolve("secret.key"))
                .hasMessageContaining("is not the one that ")
                .hasMessageContaining("without it no stored password can be read");
    }

    @Test
    void a_database_of_a_newer_program_is_refused() throws SQLException {
        try (var room = new Room(folder)) {
            room.directly(
                    """
                    INSERT INTO flyway_schema_history
                    SELECT installed_rank + 1, '99', description, type, script, checksum,
                           installed_by, installed_on, execution_time, success
                      FROM flyway_schema_history
                     ORDER BY installed_rank DESC LIMIT 1\
                    """);
        }

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "was written by a newer assent (schema 99; this one knows up to %d)"
                                .formatted(Schema.VERSION))
                .hasMessageContaining("nothing was changed in it");
    }

    @Test
    @Tag("sqlite")
    void a_database_of_the_first_schema_is_brought_up_to_date() throws SQLException {
        var url = "jdbc:sqlite:" + folder.resolve("state.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:dev/assent/state/migration/sqlite")
                .target("1")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO application (name, serial) VALUES ('blog/production', 1)");
            statement.executeUpdate(
                    """
                    INSERT INTO server_group
                           (application, engine, name, variant, version, settings, origin,
                            is_primary)
                    VALUES ('blog/production', 'redis', 'old', 'redis', '7.2', '{}', 'manifest', 1)\
                    """);
            statement.executeUpdate(
                    "INSERT INTO server (group_id, name, settings, host, port) VALUES (1, 'r', '{}', '127.0.0.1', 20000)");
        }

        try (var room = new Room(folder)) {
            var old = room.store().records().of(Room.BLOG).groups().getFirst();
            assertThat(old.standing()).isEqualTo(Standing.fresh(Origin.MANIFEST, true));
            var approval = room.started(Room.SHOP, Room.creating(Room.MAIN));
            room.store().journal().done(approval, "c1.1", "built");
            room.store().journal().undone(approval, "c1.1", "undone");
            room.store().journal().done(approval, "c1.1", "built again");
            assertThat(room.store().journal().isDone(approval, "c1.1")).isTrue();
        }
    }

    @Test
    @Tag("sqlite")
    void a_file_that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
        var garbage = new byte[5000];
        new Random(1).nextBytes(garbage);
        Files.write(folder.resolve("state.db"), garbage);

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("state.db is no SQLite database")
                .hasMessageContaining("put a backup of the record in its place");

        assertThat(folder.resolve("state.db")).hasBinaryContent(garbage);
    }

    @Test
    @Tag("sqlite")
    void a_database_of_another_program_is_refused_and_left_as_it_is()
            throws IOException, SQLException {
        var file = folder.resolve("state.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs (a)");
        }
        var before = Files.readAllBytes(file);

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is a SQLite database of another program");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    @Tag("sqlite")
    void a_damaged_database_is_refused_and_left_as_it_is() throws IOException {
        try (var room = new Room(folder)) {
            for (var i = 0; i < 200; i++) {
                room.store().audit().note("ada", "test.noted", Room.SHOP, "line " + i);
            }
        }
        var file = folder.resolve("state.db");
        var bytes = Files.readAllBytes(file);
        // Only the last page, so that nothing that is read on the way in stumbles over it.
        for (var i = bytes.length - 4096; i < bytes.length; i++) bytes[i] ^= 0x55;
        Files.write(file, bytes);

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("state.db is damaged: ")
                .hasMessageContaining("put a backup of the record in its place");

        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    @Tag("sqlite")
    void a_database_whose_making_was_interrupted_is_made_anew() throws SQLException, IOException {
        String history;
        try (var room = new Room(folder);
                var connection = room.connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT sql FROM sqlite_schema WHERE name = 'flyway_schema_history'")) {
            history = row.getString(1);
        }
        var file = folder.resolve("state.db");
        Files.delete(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(history);
        }

        try (var room = new Room(folder)) {
            assertThat(room.proposed(Room.SHOP, Room.creating(Room.MAIN)))
                    .satisfies(it -> assertThat(room.stored(it).plan()).isEqualTo(it));
        }
    }

    @Test
    @Tag("sqlite")
    void a_full_disk_is_said_and_nothing_is_written_by_halves() {
        new Room(folder).close();
        try (var database = Database.open(folder.resolve("state.db"))) {
            var pages =
                    database.write(handle ->
                            handle.createQuery("PRAGMA page_count").mapTo(Integer.class).one());
            database.change(handle -> handle.execute("PRAGMA max_page_count = " + (pages + 1)));

            assertThatThrownBy(() ->
                            database.change(handle -> {
                                for (var i = 0; i < 1000; i++) {
                                    handle.execute(
                                            "INSERT INTO application (name) VALUES (?)", "app" + i);
                                }
                            }))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("cannot write the record in " + folder)
                    .hasMessageContaining("the disk is full; nothing was lost");

            database.change(handle -> handle.execute("PRAGMA max_page_count = 100000"));
            assertThat(
                            database.<Integer>write(handle ->
                                    handle.createUpdate(
                                                    "INSERT INTO application (name) VALUES ('app0')")
                                            .execute()))
                    .isEqualTo(1);
        }
    }

    @Test
    @Tag("sqlite")
    void a_lost_database_is_not_taken_for_a_new_one_while_its_log_is_there() throws IOException {
        new Room(folder).close();
        var file = folder.resolve("state.db");
        var log = folder.resolve("state.db-wal");
        Files.write(file, new byte[0]);
        Files.write(log, "what is left".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is gone or empty, but its log");

        assertThat(log).hasContent("what is left");
    }

    @Test
    @Tag("sqlite")
    void a_folder_that_cannot_be_made_is_said() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        var key = SecretKeyFile.readOrCreate(folder.resolve("key"));

        assertThatThrownBy(() -> Store.open(file.resolve("state.db"), key, InstantSource.system()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("cannot open the record in " + file.resolve("state.db"));
    }

    @Test
    void a_decision_inside_a_decision_is_refused_rather_than_waited_for() {
        try (var room = new Room(folder)) {
            var plan = room.proposed(Room.SHOP, Room.creating(Room.MAIN));

            assertThatThrownBy(() ->
                            room.plans()
                                    .decide(
                                            plan.digest(),
                                            it -> {
                                                room.store().audit().note("x", "y", Room.SHOP, "");
                                                return new Verdict.Refuse("never said");
                                            }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        }
    }

    @Test
    void the_schema_number_is_that_of_the_newest_migration_for_either_database()
            throws IOException {
        for (var database : List.of("sqlite", "postgresql")) {
            var migrations =
                    Path.of("src/main/resources/dev/assent/state/migration").resolve(database);
            try (var files = Files.list(migrations)) {
                assertThat(
                                files.map(it -> it.getFileName().toString())
                                        .mapToInt(
                                                it -> Integer.parseInt(it.replaceAll("V|__.*", "")))
                                        .max())
                        .as(database)
                        .hasValue(Schema.VERSION);
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
