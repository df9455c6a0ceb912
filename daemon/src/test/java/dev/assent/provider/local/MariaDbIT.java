package dev.assent.provider.local;

import static dev.assent.provider.local.MariaDbRoom.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.LiveFiles;
import dev.assent.engine.EngineException;
import dev.assent.provider.BuildOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real MariaDB servers on this machine: what is MariaDB's own, beyond what every engine does.
class MariaDbIT {

    @TempDir static Path cache;
    @TempDir Path folder;
    private MariaDbRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new MariaDbRoom(folder, cache);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.11.5", "11.4.5"})
    void a_cluster_is_built_hands_over_and_goes_on_with_everything_that_was_in_it(String version)
            throws Exception {
        var first = room.order("db1", version);
        var second = room.replicaOf(first, "db2");
        var third = room.replicaOf(first, "db3");

        room.build(first);
        assertThat(room.query(first, "SELECT VERSION()")).startsWith(version);
        assertThat(users(first)).isEqualTo("assent_admin assent_replication mariadb.sys shop");
        fill(first);
        room.build(second);

        assertThat(room.health(second).detail()).isEmpty();
        assertThat(room.health(second).lag()).isPresent();
        assertThat(contents(second)).isEqualTo(contents(first)).contains("another one; */");
        assertThat(users(second)).isEqualTo(users(first));
        assertThatThrownBy(() -> room.query(second, "DELETE FROM note"))
                .hasMessageContaining("read-only");

        // A copy of a copy that has heard of nothing since, which then follows the first one.
        room.build(
                new BuildOrder(
                        third.key(),
                        third.specification(),
                        third.server(),
                        third.credentials(),
                        Optional.of(second.key())));
        room.server(third)
                .adapter()
                .follow(room.server(first).site(), room.server(third).site(), third.credentials());
        room.query(first, "INSERT INTO note (text) VALUES ('both')");
        for (var replica : List.of(second, third)) {
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(contents(replica)).isEqualTo(contents(first)));
        }

        handOver(first, second, third);

        room.query(second, "INSERT INTO note (text) VALUES ('after')");
        for (var replica : List.of(first, third)) {
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(contents(replica)).isEqualTo(contents(second)));
            assertThat(room.health(replica).detail()).isEmpty();
            assertThatThrownBy(() -> room.query(replica, "DELETE FROM note"))
                    .hasMessageContaining("read-only");
        }
        crash(second, first, third);
        rekey(first, third);
        passwordsAreNowhere(first, second, third);
    }

    /// A planned promotion, as the provider does it.
    private void handOver(BuildOrder first, BuildOrder second, BuildOrder third) throws Exception {
        var credentials = first.credentials();
        var old = room.server(first);
        var heir = room.server(second);
        try (var client = room.application(first)) {
            query(client, "START TRANSACTION");
            query(client, "INSERT INTO note (text) VALUES ('never committed')");

            old.adapter().fence(old.site(), heir.site(), credentials, room.workbench(first));

            assertThatThrownBy(() -> query(client, "COMMIT")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> room.query(first, "INSERT INTO note (text) VALUES ('late')"))
                .hasMessageContaining("read-only");

        heir.adapter().promote(heir.site(), credentials, room.workbench(second));
        heir.adapter().promote(heir.site(), credentials, room.workbench(second));
        assertThat(room.health(second).answer().orElseThrow().replica()).isFalse();
        room.query(second, "INSERT INTO note (text) VALUES ('new primary')");

        old.stop();
        old.adapter()
                .configuration(old.site(), Optional.of(heir.site()), credentials)
                .forEach(room.workbench(first)::write);
        old.adapter().prepareToFollow(heir.site(), old.site(), credentials, room.workbench(first));
        room.server(first).start(credentials);
        old.adapter().follow(heir.site(), old.site(), credentials);
        await().untilAsserted(() -> assertThat(room.health(first).detail()).isEmpty());
        room.server(third).adapter().follow(heir.site(), room.server(third).site(), credentials);
        heir.stop();
        room.server(second).start(credentials);
    }

    /// The primary server dies in the middle of writing, with one replica that keeps up.
    private void crash(BuildOrder primary, BuildOrder heir, BuildOrder other) throws Exception {
        room.queryAsAdmin(other, "STOP REPLICA");
        var process = ProcessHandle.of(room.health(primary).pid().orElseThrow()).orElseThrow();
        var acknowledged = 0;
        try (var client = room.application(primary)) {
            for (var i = 0; i < 10_000; i++) {
                if (i == 50) process.destroyForcibly();
                query(client, "INSERT INTO counted VALUES (" + i + ")");
                acknowledged++;
            }
        } catch (SQLException e) {
            assertThat(acknowledged).isGreaterThanOrEqualTo(50);
        }

        var site = room.server(heir).site();
        room.server(heir).adapter().promote(site, heir.credentials(), room.workbench(heir));

        assertThat(room.query(heir, "SELECT COUNT(*) >= " + acknowledged + " FROM counted"))
                .isEqualTo("1");
        room.query(heir, "INSERT INTO note (text) VALUES ('after the crash')");
        room.server(other).adapter().follow(site, room.server(other).site(), other.credentials());
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(contents(other)).isEqualTo(contents(heir)));
    }

    private void rekey(BuildOrder primary, BuildOrder... replicas) throws Exception {
        var from = primary.credentials();
        var fresh = LocalRoom.credentials("shop");
        var site = room.server(primary).site();
        var adapter = room.server(primary).adapter();

        for (var again = 0; again < 2; again++) {
            adapter.rekey(site, Optional.empty(), from, fresh);
            for (var replica : replicas) {
                adapter.rekey(room.server(replica).site(), Optional.of(site), from, fresh);
            }
        }

        for (var replica : replicas) {
            await().ignoreExceptions()
                    .until(() ->
                            adapter.ask(room.server(replica).site(), fresh).trouble().isEmpty());
        }
        assertThatThrownBy(() -> adapter.ask(site, from))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Access denied");
        assertThat(adapter.greet(site.endpoint(), fresh).replica()).isFalse();
        assertThat(adapter.greet(room.server(replicas[0]).site().endpoint(), fresh).replica())
                .isTrue();
    }

    /// The one that a server follows with is in its own tables, since it has to sign in with it.
    private void passwordsAreNowhere(BuildOrder... orders) throws IOException {
        var credentials = orders[0].credentials();
        for (var secret : List.of(credentials.admin().reveal(), credentials.password().reveal())) {
            assertThat(LiveFiles.below(room.servers)).noneMatch(it -> holds(it, secret));
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            return false;
        }
    }

    private String users(BuildOrder order) throws Exception {
        return room.queryAsAdmin(order, "SELECT user FROM mysql.user ORDER BY user");
    }

    /// Whatever a dump may stumble over.
    private void fill(BuildOrder order) throws Exception {
        for (var sql : OBJECTS) {
            room.query(order, sql);
        }
        try (var connection = room.application(order);
                var insert =
                        connection.prepareStatement(
                                "INSERT INTO note (text, bytes) VALUES (?, ?)")) {
            var bytes = new byte[20_000_000];
            for (var i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 31 + i / 256);
            insert.setString(1, "a row that is longer than what a dump usually takes");
            insert.setBytes(2, bytes);
            insert.execute();
        }
    }

    private static final String[] OBJECTS = {
        """
        CREATE TABLE note (
            id INT PRIMARY KEY AUTO_INCREMENT,
            text VARCHAR(200),
            length INT AS (CHAR_LENGTH(text)) STORED,
            upper VARCHAR(200) AS (UPPER(text)) VIRTUAL,
            bytes LONGBLOB)\
        """,
        "INSERT INTO note (text, bytes) VALUES ('größe; -- ''\\\\'' 🐘 \\n \\r \\0 end', x'00ff0a5c27')",
        "CREATE TABLE log (line TEXT) ENGINE = MyISAM",
        "CREATE TABLE aria (line TEXT) ENGINE = Aria",
        "INSERT INTO log VALUES ('my ; isam')",
        "INSERT INTO aria VALUES ('aria')",
        "CREATE TABLE history (a INT) WITH SYSTEM VERSIONING",
        "INSERT INTO history VALUES (1)",
        "CREATE TABLE counted (a INT)",
        "CREATE SEQUENCE counter",
        "SELECT NEXTVAL(counter)",
        "CREATE TABLE `od``d; name` (`a ' \" b` INT)",
        "CREATE VIEW short AS SELECT id, text FROM note WHERE length < 1000 -- a ; view",
        """
        CREATE TRIGGER told BEFORE INSERT ON note FOR EACH ROW
        BEGIN
            -- it's a comment; with a quote
            INSERT INTO log VALUES (CONCAT('told; ''', NEW.text, '"'));
            /* another one; */
            SET @last = NEW.text;
        END\
        """,
        """
        CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC
        BEGIN
            DECLARE r INT;
            SET r = n * 2;
            RETURN r;
        END\
        """,
        "CREATE PROCEDURE nothing() BEGIN SELECT '`;;'; END",
        "CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO DELETE FROM log WHERE line = ';'"
    };

    private String contents(BuildOrder order) throws Exception {
        try (var connection = room.application(order)) {
            return Stream.of(
                            "SELECT id, text, length, upper, SHA2(bytes, 256) FROM note ORDER BY id",
                            "SELECT line FROM log ORDER BY line",
                            "SELECT line FROM aria",
                            "SELECT a FROM history",
                            "SELECT * FROM short ORDER BY id",
                            "SELECT twice(21)",
                            "SHOW CREATE TABLE `od``d; name`",
                            "SELECT trigger_name, definer, sql_mode, action_statement FROM information_schema.triggers",
                            "SHOW CREATE FUNCTION twice",
                            "SHOW CREATE PROCEDURE nothing",
                            "SHOW CREATE EVENT daily",
                            "SHOW GRANTS")
                    .map(it -> value(connection, it))
                    .toList()
                    .toString();
        }
    }

    private static String value(Connection connection, String sql) {
        try {
            return query(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
