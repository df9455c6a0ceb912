package dev.assent.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// Sees to it that a database file is ours, whole, and of the schema that this program knows. A
/// file that is not is refused before anything is written to it.
final class Schema {

    /// The number of the newest migration.
    static final int VERSION = 17;

    /// `ASNT`, as the first migration writes it.
    private static final int APPLICATION_ID = 0x41534E54;

    /// Flyway's own table comes before our first one, and a crash may leave it alone there.
    private static final String TABLES_OF_A_PROGRAM =
            """
            SELECT count(*)
              FROM sqlite_schema
             WHERE tbl_name <> 'flyway_schema_history'\
            """;

    private static final String MIGRATIONS = "classpath:dev/assent/state/migration/sqlite";

    private Schema() {}

    static void bringUpToDate(Path file, SecretKeyFile key) {
        try {
            var found = inspect(file);
            if (found > VERSION) {
                throw new StateException(
                        "%s was written by a newer assent (schema %d; this one knows up to %d); nothing was changed in it. Use that version or a newer one"
                                .formatted(file, found, VERSION));
            }
            // Flyway takes 0.3 s to wake up, and most starts have nothing for it to do.
            if (found < VERSION) {
                migrate(file);
            } else {
                SqliteExamination.pass(file, key);
            }
        } catch (SQLException | FlywayException e) {
            throw Failures.describe(file, "open", e);
        }
    }

    /// The schema's version; 0 for a database without any table.
    static int inspect(Path file) throws SQLException {
        // It cannot write: the file, or the log beside it, may not be ours.
        try (var connection = SqliteExamination.reading(file).getConnection()) {
            if (number(connection, TABLES_OF_A_PROGRAM) == 0) return 0;
            if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
                throw new StateException(
                        "%s is a SQLite database of another program; nothing was changed in it. Name another file"
                                .formatted(file));
            }
            var health = text(connection, "PRAGMA quick_check(1)");
            if (!health.equals("ok")) throw new StateException(Failures.damaged(file, health));
            return number(
                    connection,
                    """
                    SELECT coalesce(max(CAST(version AS INTEGER)), 0)
                      FROM flyway_schema_history
                     WHERE success = 1\
                    """);
        }
    }

    /// The version of a database's schema, which is not that of a newer program.
    ///
    /// @param named what messages call it
    static int version(Path file, Path named) {
        try {
            var found = inspect(file);
            if (found <= VERSION) return found;
            throw new StateException(
                    "%s was written by a newer assent (schema %d; this one knows up to %d); use that version or a newer one"
                            .formatted(named, found, VERSION));
        } catch (SQLException e) {
            throw Failures.describe(named, "read", e);
        }
    }

    static void migrate(Path file) {
        var settings = new SQLiteConfig();
        settings.setJournalMode(JournalMode.WAL);
        settings.setSynchronous(SynchronousMode.FULL);
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source(file, settings))
                .locations(MIGRATIONS)
                .failOnMissingLocations(true)
                // Without these it would search the class path for code and loggers.
                .javaMigrationClassProvider(List::of)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig settings) {
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static int number(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.getInt(1);
        }
    }

    private static String text(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.getString(1);
        }
    }
}
