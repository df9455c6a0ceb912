package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Cuts a primary server's clients off, and waits until its heir has all that they were told is
/// written. The little that comes after that, its own last words, it sends while it stops.
record PostgresFence(Site primary, Site heir, GroupCredentials credentials) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String NOW = "SELECT clock_timestamp()";

    private static final String TERMINATE =
            """
            SELECT count(pg_terminate_backend(pid))
              FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND usename NOT IN (?, ?)
            """;

    private static final String WRITTEN =
            """
            SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                        ELSE pg_current_wal_flush_lsn()
                   END
            """;

    private static final String APPLIED = "SELECT pg_last_wal_replay_lsn()";
    private static final String REACHED = "SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn";

    /// How far a log has been applied says nothing of whose log that was.
    private static final String FOLLOWED =
            "SELECT count(*) > 0 FROM pg_stat_replication WHERE application_name = ? AND state = 'streaming'";

    void raise(Workbench workbench) {
        workbench.write(PostgresConfiguration.hosts(primary), PostgresConfiguration.OURS_ALONE);
        try (var before = connect(primary);
                var inherited = connect(heir)) {
            reload(before);
            cutOff(before);
            await(before, inherited);
        } catch (SQLException e) {
            throw new EngineException(
                    "could not fence PostgreSQL at %s: %s"
                            .formatted(primary.endpoint(), e.getMessage()),
                    e);
        }
    }

    /// A server reads its files some time after it was told to; a connection that is opened
    /// afterwards says so.
    private void reload(Connection connection) throws SQLException {
        var told = PostgresQuery.value(connection, NOW).orElseThrow();
        PostgresQuery.value(connection, "SELECT pg_reload_conf()");
        if (PostgresWait.until(() -> hasReadFilesSince(told), PATIENCE)) return;
        throw new EngineException(
                "PostgreSQL at %s does not read its configuration".formatted(primary.endpoint()));
    }

    private boolean hasReadFilesSince(String moment) throws SQLException {
        try (var fresh = connect(primary)) {
            return PostgresQuery.isTrue(
                    fresh, "SELECT pg_conf_load_time() >= ?::timestamptz", moment);
        }
    }

    private void cutOff(Connection connection) throws SQLException {
        if (PostgresWait.until(
                () ->
                        PostgresQuery.value(
                                        connection,
                                        TERMINATE,
                                        PostgresConnection.ADMIN,
                                        PostgresConnection.REPLICATION)
                                .filter("0"::equals)
                                .isPresent(),
                PATIENCE)) return;
        throw new EngineException(
                "PostgreSQL at %s does not let go of its clients".formatted(primary.endpoint()));
    }

    /// As long as the heir comes nearer, it is waited for.
    private void await(Connection before, Connection inherited) throws SQLException {
        var written = PostgresQuery.value(before, WRITTEN).orElseThrow();
        var name = PostgresSlot.of(heir.server()).name();
        if (PostgresWait.whileMoving(
                () -> PostgresQuery.value(inherited, APPLIED),
                () ->
                        PostgresQuery.isTrue(before, FOLLOWED, name)
                                && PostgresQuery.isTrue(inherited, REACHED, written),
                PATIENCE)) return;
        if (!PostgresQuery.isTrue(before, FOLLOWED, name)) {
            throw new EngineException(
                    "%s does not follow %s".formatted(heir.server(), primary.server()));
        }
        throw new EngineException(
                "%s has not caught up: it has the log up to %s of %s, and comes no further"
                        .formatted(
                                heir.server(),
                                PostgresQuery.value(inherited, APPLIED).orElse("nowhere"),
                                written));
    }

    private Connection connect(Site site) throws SQLException {
        return PostgresConnection.toAdminister(
                site.endpoint(), PostgresConnection.MAINTENANCE, credentials.admin(), PATIENCE);
    }
}
