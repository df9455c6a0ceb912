package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Has a primary server take no more writes, and its heir have all that it took.
record MysqlFence(MysqlDialect dialect, Endpoint primary, Endpoint heir) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TO_CATCH_UP = Duration.ofMinutes(1);

    /// Everybody but Assent itself, the replicas and the server's own threads.
    private static final String CLIENTS =
            """
            SELECT id
              FROM information_schema.processlist
             WHERE id <> CONNECTION_ID()
               AND user NOT IN ('system user', 'event_scheduler', '%s', '%s')
               AND command NOT LIKE 'Binlog Dump%%'
            """
                    .formatted(MysqlConnection.ADMIN, MysqlConnection.REPLICATION);

    private static final int NO_SUCH_THREAD = 1094;

    /// Clients are cut off before, so that no long statement of theirs keeps the server from
    /// closing, and after, since others may have come meanwhile. One that fails opens it again.
    void raise(GroupCredentials credentials) {
        try (var connection =
                MysqlConnection.toAdminister(primary, credentials.admin(), PATIENCE)) {
            cutOff(connection);
            MysqlConnection.execute(connection, dialect.readOnly(true));
            try {
                cutOff(connection);
                awaitHeir(MysqlConnection.value(connection, dialect.position()), credentials);
            } catch (EngineException | SQLException e) {
                MysqlConnection.execute(connection, dialect.readOnly(false));
                throw e;
            }
        } catch (SQLException e) {
            throw new EngineException(
                    "could not have the primary server at %s hand over to %s: %s"
                            .formatted(primary, heir, e.getMessage()),
                    e);
        }
    }

    private static void cutOff(Connection connection) throws SQLException {
        for (var client : clients(connection)) {
            try {
                MysqlConnection.execute(connection, List.of("KILL CONNECTION " + client));
            } catch (SQLException e) {
                if (e.getErrorCode() != NO_SUCH_THREAD) throw e;
            }
        }
    }

    private static List<Long> clients(Connection connection) throws SQLException {
        var clients = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(CLIENTS)) {
            while (rows.next()) clients.add(rows.getLong(1));
        }
        return clients;
    }

    private void awaitHeir(String position, GroupCredentials credentials) throws SQLException {
        try (var connection = MysqlConnection.toAdminister(heir, credentials.admin(), PATIENCE)) {
            // The same position in another server's history would be somebody else's data.
            var source = dialect.status(connection).map(MysqlReplicaStatus::source);
            if (!source.equals(Optional.of(primary))) {
                throw new EngineException(
                        "the server at %s follows %s, and not its primary server at %s"
                                .formatted(
                                        heir,
                                        source.map(Endpoint::toString).orElse("nobody"),
                                        primary));
            }
            var replication = new MysqlReplication(dialect, heir);
            if (replication.reaches(connection, position, TO_CATCH_UP)) return;
            var trouble = dialect.status(connection).flatMap(MysqlReplicaStatus::trouble);
            throw new EngineException(
                    "the replica at %s has not caught up with its primary server within %d s: %s"
                            .formatted(
                                    heir,
                                    TO_CATCH_UP.toSeconds(),
                                    trouble.orElse("it is still at it; try again later")));
        }
    }
}
