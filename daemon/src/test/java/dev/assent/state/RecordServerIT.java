package dev.assent.state;

import static dev.assent.state.Room.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.model.Endpoint;
import dev.assent.observation.Observer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The record on a PostgreSQL server: several nodes on one database, and what befalls them there.
/// That it means the same as a record in a file is for the other tests of this package, which run
/// over both.
class RecordServerIT {

    private static final String WAITING =
            """
            SELECT count(*)
              FROM pg_stat_activity
             WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock(%'\
            """;

    @TempDir Path folder;

    private Store store(RecordServer server) {
        var key = SecretKeyFile.readOrCreate(folder.resolve("key"));
        return Store.open(server, key, InstantSource.system(), Observer.NOBODY);
    }

    private static Database database(RecordServer server) {
        return Database.open(new PostgresMedium(server), Observer.NOBODY);
    }

    private static RecordServer through(Endpoint endpoint, RecordServer server) {
        return new RecordServer(
                server.user(),
                List.of(endpoint),
                server.database(),
                server.settings(),
                server.passwordFile());
    }

    private static void insert(Handle handle, String name) {
        handle.execute("INSERT INTO application (name) VALUES (?)", name);
    }

    private static List<String> names(Database database) {
        return database.read(handle ->
                handle.select("SELECT name FROM application ORDER BY name")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void the_first_node_makes_the_schema_and_others_that_start_with_it_find_it() throws Exception {
        var server = SharedPostgres.empty();

        var versions =
                Together.all(
                        3,
                        number -> {
                            try (var store = store(server)) {
                                store.audit().note("node", "test.noted", SHOP, "of " + number);
                            }
                            return version(server);
                        });

        assertThat(versions).containsOnly(Schema.VERSION);
        try (var store = store(server)) {
            assertThat(store.audit().newest(Optional.of(SHOP), 9)).hasSize(3);
            assertThat(store.audit().firstBroken()).isEmpty();
        }
    }

    private static int version(RecordServer server) {
        try {
            return PostgresSchema.inspect(server);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_newer_program_changes_nothing_while_nodes_of_an_older_one_are_at_work()
            throws Exception {
        var server = SharedPostgres.database();
        try (var older = database(server)) {
            older.change(handle -> {
                handle.execute("ALTER TABLE plan DROP COLUMN node");
                handle.execute("DELETE FROM flyway_schema_history WHERE version = '17'");
            });
            var leases = new Leases(older);
            leases.begin("one (life 1)", Duration.ofMinutes(1));

            assertThatThrownBy(() -> store(server).close())
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("in use by nodes of an older assent: one (life 1)")
                    .hasMessageContaining("End them first");
            assertThat(version(server)).isEqualTo(16);

            leases.releaseAll("one (life 1)");
            store(server).close();
            assertThat(version(server)).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void a_node_does_not_begin_on_a_record_that_was_changed_for_a_newer_program_meanwhile()
            throws Exception {
        var server = SharedPostgres.database();
        try (var node = database(server)) {
            node.change(handle ->
                    handle.execute(
                            """
                            INSERT INTO flyway_schema_history
                                   (installed_rank, version, description, type, script,
                                    installed_by, execution_time, success)
                            VALUES (99, '99', 'newer', 'SQL', 'V99__newer.sql', 'newer', 0, true)\
                            """));
            var leases = new Leases(node);

            assertThatThrownBy(() -> leases.begin("one (life 1)", Duration.ofMinutes(1)))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("written by a newer assent");
            assertThat(leases.nodes()).isEmpty();
        }
    }

    @Test
    void nobody_begins_and_nobody_else_changes_it_while_a_node_brings_it_up_to_date()
            throws Exception {
        var server = SharedPostgres.database();
        try (var node = database(server);
                var changing = PostgresSource.toMigrate(server).getConnection();
                var statement = changing.createStatement()) {
            node.change(handle ->
                    handle.execute("DELETE FROM flyway_schema_history WHERE version = '17'"));
            statement.execute("SELECT pg_advisory_lock(%d)".formatted(PostgresSchema.LOCK));
            var another = CompletableFuture.runAsync(() -> store(server).close());

            assertThatThrownBy(() -> new Leases(node).begin("one", Duration.ofMinutes(1)))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("is being brought up to date");
            assertThat(new Leases(node).nodes()).isEmpty();
            await().until(() ->
                    node.read(handle -> handle.select(WAITING).mapTo(Integer.class).one()) > 0);
            assertThat(another).isNotDone();
            statement.execute(
                    "UPDATE flyway_schema_history SET version = '99' WHERE version = '16'");
            statement.execute("SELECT pg_advisory_unlock(%d)".formatted(PostgresSchema.LOCK));

            assertThat(another)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("written by a newer assent");
        }
    }

    @Test
    void decisions_of_several_nodes_are_taken_one_at_a_time() throws Exception {
        var server = SharedPostgres.database();
        try (var one = database(server);
                var other = database(server)) {
            var given =
                    Together.all(
                            8,
                            number -> {
                                var database = number % 2 == 0 ? one : other;
                                var mine = LongStream.builder();
                                for (var i = 0; i < 25; i++) mine.add(database.write(this::next));
                                return mine.build().boxed().toList();
                            });

            assertThat(given.stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 200).boxed().toList());
        }
    }

    /// Would give a number twice if two did it at the same moment.
    private long next(Handle handle) {
        handle.execute("INSERT INTO application (name) VALUES ('counter') ON CONFLICT DO NOTHING");
        var next = handle.select("SELECT serial + 1 FROM application").mapTo(Long.class).one();
        handle.execute("UPDATE application SET serial = ?", next);
        return next;
    }

    @Test
    void a_reader_waits_for_nobody_and_sees_one_moment() throws Exception {
        var server = SharedPostgres.database();
        try (var node = database(server);
                var other = database(server)) {
            node.change(it -> insert(it, "a"));
            var written = new CountDownLatch(1);
            var end = new CountDownLatch(1);
            var writer =
                    Thread.ofVirtual()
                            .start(() ->
                                    other.change(it -> {
                                        insert(it, "b");
                                        written.countDown();
                                        awaitQuietly(end);
                                    }));
            written.await();

            assertThat(names(node)).containsExactly("a");
            node.read(handle -> {
                assertThat(count(handle)).isEqualTo(1);
                end.countDown();
                joinQuietly(writer);
                assertThat(count(handle)).isEqualTo(1);
                return true;
            });
            assertThat(names(node)).containsExactly("a", "b");
        }
    }

    private static long count(Handle handle) {
        return handle.select("SELECT count(*) FROM application").mapTo(Long.class).one();
    }

    @Test
    void a_node_that_stops_while_it_writes_keeps_the_others_waiting_for_seconds_only()
            throws Exception {
        var server = SharedPostgres.database();
        try (var stopped = database(server);
                var other = database(server)) {
            var inside = new CountDownLatch(1);
            var end = new CountDownLatch(1);
            var late =
                    CompletableFuture.runAsync(() ->
                            stopped.change(it -> {
                                insert(it, "of the one that stopped");
                                inside.countDown();
                                awaitQuietly(end);
                            }));
            inside.await();

            other.change(it -> insert(it, "of the other"));

            end.countDown();
            assertThatThrownBy(late::join).hasMessageContaining("Nothing was written");
            assertThat(names(other)).containsExactly("of the other");
            stopped.change(it -> insert(it, "of the one that goes on"));
        }
    }

    @Test
    void a_server_that_crashed_is_said_to_be_gone_and_used_again_when_it_is_back()
            throws Exception {
        var server = SharedPostgres.database();
        try (var store = store(server);
                var database = database(server)) {
            store.audit().note("ada", "test.noted", SHOP, "before");

            assertThatThrownBy(() ->
                            database.change(it -> {
                                insert(it, "half");
                                crash();
                                insert(it, "whole");
                            }))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("cannot write the record in " + server)
                    .hasMessageContaining("Nothing was written");

            assertThat(names(database)).isEmpty();
            // Its connection was used just before the crash.
            try {
                store.audit().note("ada", "test.noted", SHOP, "the first after it");
            } catch (StateException e) {
                assertThat(e).hasMessageContaining("the connection was lost");
            }
            store.audit().note("ada", "test.noted", SHOP, "after");
            assertThat(store.audit().newest(Optional.of(SHOP), 9).getFirst().detail())
                    .isEqualTo("after");
            assertThat(store.audit().firstBroken()).isEmpty();
            assertThat(store.trouble()).isEmpty();
        }
    }

    private static void crash() {
        try {
            SharedPostgres.crash();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_commit_whose_answer_is_lost_is_asked_after_and_is_not_done_again() throws Exception {
        var server = SharedPostgres.database();
        var told = new CountDownLatch(1);
        try (var wire = new Wire(server.hosts().getFirst());
                var database = database(through(wire.endpoint(), server))) {

            database.change(it -> {
                insert(it, "once");
                it.afterCommit(told::countDown);
                wire.next(Wire.Fate.IS_NOT_ANSWERED);
            });

            assertThat(names(database)).containsExactly("once");
            assertThat(told.getCount()).isZero();
            database.change(it -> insert(it, "then"));
            assertThat(names(database)).containsExactly("once", "then");
        }
    }

    @Test
    void a_commit_that_did_not_arrive_is_known_not_to_have_been_one() throws Exception {
        var server = SharedPostgres.database();
        try (var wire = new Wire(server.hosts().getFirst());
                var database = database(through(wire.endpoint(), server))) {

            assertThatThrownBy(() ->
                            database.change(it -> {
                                insert(it, "never");
                                wire.next(Wire.Fate.IS_LOST);
                            }))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("the connection was lost")
                    .hasMessageContaining("Nothing was written");

            assertThat(names(database)).isEmpty();
        }
    }

    @Test
    void where_nobody_can_be_asked_it_is_said_that_nobody_knows() throws Exception {
        var server = SharedPostgres.database();
        try (var wire = new Wire(server.hosts().getFirst());
                var database =
                        Database.open(
                                new PostgresMedium(
                                        through(wire.endpoint(), server), Duration.ofMillis(300)),
                                Observer.NOBODY)) {

            assertThatThrownBy(() ->
                            database.change(it -> {
                                insert(it, "perhaps");
                                wire.next(Wire.Fate.IS_THE_LAST);
                            }))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("nobody can tell yet whether it was")
                    .hasMessageContaining("Look before you do it again");
        }
        try (var database = database(server)) {
            assertThat(names(database)).containsExactly("perhaps");
        }
    }

    @Test
    void what_cannot_be_opened_is_said_with_a_way_out() throws Exception {
        var server = SharedPostgres.database();
        var wrong = Files.writeString(folder.resolve("wrong"), "wrong");
        refused(
                new RecordServer(
                        server.user(),
                        server.hosts(),
                        server.database(),
                        server.settings(),
                        Optional.of(wrong)),
                "is not let in",
                "Give the right password in `password_file`");
        refused(
                new RecordServer(
                        server.user(),
                        server.hosts(),
                        "missing",
                        server.settings(),
                        server.passwordFile()),
                "there is no such database",
                "CREATE DATABASE \"missing\" OWNER \"keeper\"");
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        refused(
                through(new Endpoint("127.0.0.1", free), server),
                "nobody answers",
                "Start PostgreSQL there, or mend `record.url`");
        SharedPostgres.administer(
                "ALTER DATABASE %s CONNECTION LIMIT 0".formatted(server.database()));
        refused(server, "takes no more connections", "Raise max_connections");
    }

    private void refused(RecordServer server, String... parts) {
        assertThatThrownBy(() -> store(server).close())
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("cannot open the record in " + server)
                .satisfies(it -> assertThat(it.getMessage()).contains(parts));
    }

    @Test
    void a_schema_of_another_program_is_refused_and_left_as_it_is() throws Exception {
        var server = SharedPostgres.empty();
        var source = PostgresSource.toMigrate(server);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA assent");
            statement.execute("CREATE TABLE assent.plan (id INTEGER)");
        }

        assertThatThrownBy(() -> store(server).close())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is another program's; nothing was changed in it");

        try (var connection = source.getConnection();
                var tables = connection.getMetaData().getTables(null, "assent", "%", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_NAME")).isEqualTo("plan");
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void what_others_have_in_the_same_database_is_no_matter_of_ours() throws Exception {
        var server = SharedPostgres.empty();
        try (var connection = PostgresSource.toMigrate(server).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA theirs");
            statement.execute("CREATE TABLE theirs.plan (id INTEGER)");
        }

        try (var store = store(server)) {
            assertThat(store.trouble()).isEmpty();
        }
    }

    @Test
    void a_database_that_cannot_hold_every_name_is_refused() throws SQLException {
        SharedPostgres.administer(
                "CREATE DATABASE latin OWNER keeper ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        var any = SharedPostgres.empty();
        var latin =
                new RecordServer(
                        any.user(), any.hosts(), "latin", any.settings(), any.passwordFile());

        assertThatThrownBy(() -> store(latin).close())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is made for LATIN1")
                .hasMessageContaining("ENCODING 'UTF8'");
    }

    @Test
    void a_node_with_another_key_is_refused_and_told_that_all_need_the_same() throws Exception {
        var server = SharedPostgres.database();
        store(server).close();
        Files.delete(folder.resolve("key"));

        assertThatThrownBy(() -> store(server).close())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is not the one that " + server + " was made with")
                .hasMessageContaining("every node needs that very key file");
    }

    @Test
    void a_node_whose_life_is_over_can_write_nothing_any_more() throws Exception {
        try (var store = store(SharedPostgres.database())) {
            store.leases().begin("one", Duration.ofMinutes(1));
            store.audit().note("assent", "note", "while it lives");
            var outside = store.leases();
            outside.releaseAll("one");

            assertThatThrownBy(() -> store.audit().note("assent", "note", "afterwards"))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("the lease of node one")
                    .hasMessageContaining("nothing was written");
            assertThatThrownBy(() -> store.together(() -> store.leases().tidy()))
                    .isInstanceOf(StateException.class);
            assertThat(store.leases().renew(Duration.ofMinutes(1))).isFalse();
            assertThat(store.trouble()).hasValueSatisfying(it -> assertThat(it).contains("over"));
            assertThat(store.audit().newest(AuditFilter.NONE, 9))
                    .extracting(AuditEntry::detail)
                    .contains("while it lives")
                    .doesNotContain("afterwards");
        }
    }

    @Test
    void a_lease_is_renewed_however_long_others_decide() throws Exception {
        var server = SharedPostgres.database();
        try (var store = store(server);
                var other = store(server)) {
            store.leases().begin("one", Duration.ofMillis(500));
            other.together(() -> {
                assertThat(store.leases().renew(Duration.ofMinutes(1))).isTrue();
            });

            store.audit().note("assent", "note", "it lives");
        }
    }

    @Test
    void a_node_whose_lease_ran_out_while_it_waited_writes_nothing() throws Exception {
        try (var store = store(SharedPostgres.database())) {
            store.leases().begin("one", Duration.ZERO);

            assertThatThrownBy(() -> store.audit().note("assent", "note", "afterwards"))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("is over");
        }
    }

    @Test
    void the_trail_can_be_emptied_no_more_than_edited() throws Exception {
        var server = SharedPostgres.database();
        try (var connection = PostgresSource.toMigrate(server).getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("TRUNCATE audit CASCADE"))
                    .hasMessageContaining("the audit trail is append-only");
        }
    }

    @Test
    void a_password_that_was_changed_is_used_by_the_next_connection() throws Exception {
        var server = SharedPostgres.database();
        var file = folder.resolve("changing");
        Files.copy(server.passwordFile().orElseThrow(), file);
        SharedPostgres.administer("CREATE ROLE changing LOGIN IN ROLE keeper PASSWORD 'first'");
        Files.writeString(file, "first");
        var changing =
                new RecordServer(
                        "changing",
                        server.hosts(),
                        server.database(),
                        server.settings(),
                        Optional.of(file));
        try (var database = database(changing)) {
            SharedPostgres.administer(
                    "ALTER ROLE changing PASSWORD 'second'",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'changing'");
            Files.writeString(file, "second\n");

            // The connections that it had are noticed to be gone one by one.
            await().ignoreExceptions()
                    .until(() ->
                            database.<Boolean>write(it -> {
                                insert(it, "a");
                                return true;
                            }));
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(names(database)).containsExactly("a"));
        }
    }

    @Test
    void what_the_server_is_like_is_seen() throws Exception {
        // As it is set for tests.
        assertThat(ServerTraits.of(SharedPostgres.database()))
                .isEqualTo(new ServerTraits(false, false));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
