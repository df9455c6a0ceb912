package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Has a PostgreSQL server follow a source with the data that it holds.
record PostgresFollowing(Site source, Site replica, GroupCredentials credentials) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration TO_CHANGE_OVER = Duration.ofSeconds(5);

    /// What has to be so before it starts: a slot for it at its source, and the sign that it is a
    /// replica.
    void prepare(Workbench workbench) {
        try (var connection = connect(source)) {
            if (!PostgresQuery.isReplica(connection)) {
                PostgresUsers.admitReplicas(connection, credentials.replication());
            }
            PostgresSlot.of(replica.server()).provide(connection);
        } catch (SQLException e) {
            throw new EngineException(
                    "PostgreSQL at %s cannot be followed: %s"
                            .formatted(source.endpoint(), e.getMessage()),
                    e);
        }
        var sign = PostgresConfiguration.standbySignal(replica);
        if (Files.exists(sign)) return;
        PostgresSlot.deleteAll(replica, workbench);
        workbench.write(sign, "");
    }

    private static final String RECEIVED =
            "SELECT received_tli FROM pg_stat_wal_receiver WHERE status = 'streaming'";

    private static final String POSITION = "SELECT pg_last_wal_receive_lsn()";

    private static final String WRITTEN =
            "SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int";

    /// Waits until it receives the very timeline that its source is on. One whose history has
    /// parted from its source's receives what both have in common, and looks sound meanwhile.
    void await() {
        try (var there = connect(source);
                var here = connect(replica)) {
            if (PostgresWait.whileMoving(
                    () -> PostgresQuery.value(here, POSITION),
                    () -> timeline(there).equals(received(here)) && received(here).isPresent(),
                    TO_CHANGE_OVER)) return;
        } catch (SQLException e) {
            throw new EngineException(
                    "nobody can tell whether PostgreSQL at %s follows: %s"
                            .formatted(replica.endpoint(), e.getMessage()),
                    e);
        }
        throw new EngineException(
                "PostgreSQL at %s does not receive what %s writes"
                        .formatted(replica.endpoint(), source.endpoint()));
    }

    private static Optional<String> timeline(Connection source) throws SQLException {
        return PostgresQuery.isReplica(source)
                ? received(source)
                : PostgresQuery.value(source, WRITTEN);
    }

    private static Optional<String> received(Connection replica) throws SQLException {
        return PostgresQuery.value(replica, RECEIVED);
    }

    private Connection connect(Site site) throws SQLException {
        return PostgresConnection.toAdminister(
                site.endpoint(), PostgresConnection.MAINTENANCE, credentials.admin(), PATIENCE);
    }
}
