package dev.assent.state;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/// The same as [Schema] for a database of a PostgreSQL server. What lies in other schemas of it is
/// not ours and left alone.
final class PostgresSchema {

    private static final int OLDEST = 13;

    private static final String MIGRATIONS = "classpath:dev/assent/state/migration/postgresql";

    /// Flyway's own table comes before our first one, and a crash may leave it alone there.
    private static final String TABLES_OF_A_PROGRAM =
            """
            SELECT count(*)
              FROM pg_class
             WHERE relnamespace = to_regnamespace('assent') AND relkind IN ('r', 'p', 'v', 'm', 'f')
               AND relname <> 'flyway_schema_history'\
            """;

    private static final String OURS =
            "SELECT count(*) FROM pg_class WHERE oid = to_regclass('assent.assent_record')";

    private static final String FOUND =
            """
            SELECT coalesce(max(CAST(version AS INTEGER)), 0)
              FROM assent.flyway_schema_history
             WHERE success\
            """;

    /// `ASNV`: held by whoever changes the schema, and shared by who begins to work with it.
    static final long LOCK = 0x41534E56;

    private static final RetryPolicy<Boolean> PATIENCE =
            RetryPolicy.<Boolean>builder()
                    .handleIf((had, failure) -> failure == null && !had)
                    .withDelay(Duration.ofMillis(200))
                    .withMaxRetries(-1)
                    .withMaxDuration(Duration.ofSeconds(30))
                    .build();

    private static final String AT_WORK =
            """
            SELECT coalesce(string_agg(holder, ', ' ORDER BY holder), '')
              FROM assent.lease
             WHERE name LIKE 'node/%' AND until > extract(epoch FROM clock_timestamp()) * 1000\
            """;

    private PostgresSchema() {}

    static void bringUpToDate(RecordServer server) {
        try {
            var found = inspect(server);
            refuseNewer(server, found);
            if (found < Schema.VERSION) migrate(server);
        } catch (SQLException | FlywayException e) {
            throw PostgresFailures.describe(server, "open", e);
        }
    }

    /// The schema's version; 0 for a database without any table of ours.
    static int inspect(RecordServer server) throws SQLException {
        try (var connection = PostgresSource.toMigrate(server).getConnection()) {
            connection.setReadOnly(true);
            return inspect(server, connection);
        }
    }

    private static int inspect(RecordServer server, Connection connection) throws SQLException {
        refuseUnfit(server, connection);
        if (number(connection, TABLES_OF_A_PROGRAM) == 0) return 0;
        if (number(connection, OURS) == 0) {
            throw new StateException(
                    "the schema `assent` in %s is another program's; nothing was changed in it. Name another database"
                            .formatted(server));
        }
        return number(connection, FOUND);
    }

    private static void refuseUnfit(RecordServer server, Connection connection)
            throws SQLException {
        var version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new StateException(
                    "%s is PostgreSQL %d; the record needs %d or newer"
                            .formatted(server, version, OLDEST));
        }
        var encoding = text(connection, "SHOW server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new StateException(
                    "the database of %s is made for %s, which can't hold every name. Make it anew: CREATE DATABASE \"%s\" OWNER \"%s\" ENCODING 'UTF8' TEMPLATE template0"
                            .formatted(server, encoding, server.database(), server.user()));
        }
        if (text(connection, "SELECT pg_is_in_recovery()").equals("t")) {
            throw new StateException(
                    "cannot open the record in %s: this server can only be read: it is a standby. Name the primary in `record.url`, or all of them, separated by commas"
                            .formatted(server));
        }
    }

    private static void refuseNewer(RecordServer server, int found) {
        if (found <= Schema.VERSION) return;
        throw new StateException(
                "%s was written by a newer assent (schema %d; this one knows up to %d); nothing was changed in it. Use that version or a newer one on every node"
                        .formatted(server, found, Schema.VERSION));
    }

    /// Whether a node may begin to work on the record: not while somebody changes it. Until the
    /// transaction ends nobody does.
    ///
    /// @throws StateException if it was changed for a newer program since it was opened
    static boolean mayBegin(RecordServer server, Handle handle) {
        var free =
                handle.createQuery("SELECT pg_try_advisory_xact_lock_shared(:lock)")
                        .bind("lock", LOCK)
                        .mapTo(Boolean.class)
                        .one();
        if (!free) return false;
        refuseNewer(server, handle.createQuery(FOUND).mapTo(Integer.class).one());
        return true;
    }

    /// Nobody begins to work on the record while it is changed; and a program that was made for the
    /// older one must not be at work on it.
    private static void migrate(RecordServer server) throws SQLException {
        try (var connection = PostgresSource.toMigrate(server).getConnection()) {
            awaitLock(server, connection);
            // Another node may have done it meanwhile.
            var found = inspect(server, connection);
            refuseNewer(server, found);
            if (found == Schema.VERSION) return;
            if (found > 0) refuseAtWork(server, found, connection);
            migrateAlone(server);
        }
    }

    /// Asks for it again and again: whoever waits inside the server keeps others from what has to
    /// wait for all that runs there.
    private static void awaitLock(RecordServer server, Connection connection) throws SQLException {
        try {
            if (Failsafe.with(PATIENCE).get(() -> takesLock(connection))) return;
        } catch (FailsafeException e) {
            if (e.getCause() instanceof SQLException why) throw why;
            throw e;
        }
        throw new StateException(
                "%s is being brought up to date by another node, for longer than %d s; nothing was changed in it by this one. Look at that node, and start this one again"
                        .formatted(server, PATIENCE.getConfig().getMaxDuration().toSeconds()));
    }

    private static boolean takesLock(Connection connection) throws SQLException {
        return text(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")").equals("t");
    }

    private static void refuseAtWork(RecordServer server, int found, Connection connection)
            throws SQLException {
        var nodes = text(connection, AT_WORK);
        if (nodes.isEmpty()) return;
        throw new StateException(
                "%s is in use by nodes of an older assent: %s; this one would change it for them (from schema %d to %d). End them first, and start this one then: the databases run on meanwhile. One that was killed counts for some seconds more"
                        .formatted(server, nodes, found, Schema.VERSION));
    }

    private static void migrateAlone(RecordServer server) {
        Flyway.configure(PostgresSchema.class.getClassLoader())
                .dataSource(PostgresSource.toMigrate(server))
                .schemas(PostgresSource.SCHEMA)
                .locations(MIGRATIONS)
                .failOnMissingLocations(true)
                // Without these it would search the class path for code and loggers.
                .javaMigrationClassProvider(List::of)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static int number(Connection connection, String question) throws SQLException {
        return Integer.parseInt(text(connection, question));
    }

    private static String text(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
