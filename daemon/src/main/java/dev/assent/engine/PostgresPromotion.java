package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Has a PostgreSQL replica follow nobody any more.
final class PostgresPromotion {

    /// How long the server itself waits, in seconds: it applies first what it has received.
    private static final String PROMOTE = "SELECT pg_promote(true, 120)";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private PostgresPromotion() {}

    static void of(Endpoint endpoint, GroupCredentials credentials) {
        try (var connection =
                PostgresConnection.toAdminister(
                        endpoint, PostgresConnection.MAINTENANCE, credentials.admin(), PATIENCE)) {
            if (PostgresQuery.isReplica(connection)) promote(connection, endpoint);
        } catch (SQLException e) {
            throw new EngineException(
                    "could not promote PostgreSQL at %s: %s".formatted(endpoint, e.getMessage()),
                    e);
        }
    }

    /// With the checkpoint the new timeline stands in its control file, so that whoever follows or
    /// copies it from now on knows of it.
    private static void promote(Connection connection, Endpoint endpoint) throws SQLException {
        if (!PostgresQuery.isTrue(connection, PROMOTE)) {
            throw new EngineException(
                    "PostgreSQL at %s is still applying what it has received; promote it again later"
                            .formatted(endpoint));
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }
}
