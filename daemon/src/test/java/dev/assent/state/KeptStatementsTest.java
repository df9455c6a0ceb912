package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

@Tag("sqlite")
class KeptStatementsTest {

    private static final String ASKED =
            "SELECT name FROM word WHERE name >= coalesce(?, '') ORDER BY name";

    @TempDir Path folder;
    private KeptStatements source;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        source = new KeptStatements(new SQLiteConfig(), folder.resolve("words.db").toString());
        connection = source.getConnection();
        execute(connection, "CREATE TABLE word (name TEXT)");
        execute(connection, "INSERT INTO word VALUES ('a'), ('b'), ('c')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void a_statement_is_prepared_once() throws SQLException {
        var first = connection.prepareStatement(ASKED);
        first.close();

        assertThat(connection.prepareStatement(ASKED)).isSameAs(first);
    }

    @Test
    void one_that_is_in_use_is_nobody_elses() throws SQLException {
        try (var outer = connection.prepareStatement(ASKED);
                var rows = outer.executeQuery();
                var inner = connection.prepareStatement(ASKED)) {
            assertThat(inner).isNotSameAs(outer);
            assertThat(rows.next()).isTrue();
            assertThat(first(inner)).isEqualTo("a");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("b");
        }
    }

    @Test
    void one_that_waits_keeps_no_value() throws SQLException {
        try (var statement = connection.prepareStatement(ASKED)) {
            statement.setString(1, "c");
            assertThat(first(statement)).isEqualTo("c");
        }

        try (var statement = connection.prepareStatement(ASKED)) {
            assertThat(first(statement)).isEqualTo("a");
        }
    }

    @Test
    void one_that_waits_locks_nothing() throws SQLException {
        var halfRead = connection.prepareStatement(ASKED);
        assertThat(halfRead.execute()).isTrue();
        halfRead.close();

        // Without waiting for anybody: a lock would be an error.
        try (var other = source.getConnection()) {
            execute(other, "PRAGMA busy_timeout = 0");
            execute(other, "INSERT INTO word VALUES ('0')");
        }
        try (var statement = connection.prepareStatement(ASKED)) {
            assertThat(first(statement)).isEqualTo("0");
        }
    }

    @Test
    void only_so_many_are_kept() throws SQLException {
        var first = connection.prepareStatement(ASKED);
        first.close();
        for (var i = 0; i < 1000; i++) connection.prepareStatement("SELECT " + i).close();

        var again = connection.prepareStatement(ASKED);
        assertThat(again).isNotSameAs(first);
        assertThat(first(again)).isEqualTo("a");
    }

    @Test
    void one_may_be_closed_after_its_connection() throws SQLException {
        var other = source.getConnection();
        try (var statement = other.prepareStatement(ASKED)) {
            assertThat(first(statement)).isEqualTo("a");
            other.close();
        }
    }

    private static String first(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
