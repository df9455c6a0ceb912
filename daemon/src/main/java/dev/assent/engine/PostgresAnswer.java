package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Asks a PostgreSQL server for its version, its role and whether it follows.
final class PostgresAnswer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String STATE =
            """
            SELECT substring(current_setting('server_version') FROM '^[0-9.]+') AS version,
                   pg_is_in_recovery() AS replica,
                   EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE status = 'streaming') AS follows,
                   (SELECT sender_host FROM pg_stat_wal_receiver LIMIT 1) AS source_host,
                   (SELECT sender_port FROM pg_stat_wal_receiver LIMIT 1) AS source_port,
                   -- While nothing is written, the last change is old and nothing is missing; after a
                   -- restart what is received begins with a whole segment, before what is applied.
                   CASE WHEN pg_is_in_recovery()
                             AND pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
                        THEN extract(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp())
                        ELSE 0
                   END AS lag
            """;

    private PostgresAnswer() {}

    static Answer of(Endpoint endpoint, GroupCredentials credentials) {
        try (var connection =
                PostgresConnection.toAdminister(
                        endpoint, PostgresConnection.MAINTENANCE, credentials.admin(), PATIENCE)) {
            return read(connection);
        } catch (SQLException e) {
            throw silent(endpoint, e);
        }
    }

    /// What a server says to the application's user, who may not be told whether a replica follows.
    static Answer toGuest(Endpoint endpoint, GroupCredentials credentials) {
        try (var connection = PostgresConnection.asGuest(endpoint, credentials, PATIENCE)) {
            var answer = read(connection);
            return new Answer(
                    answer.version(),
                    answer.replica(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        } catch (SQLException e) {
            throw silent(endpoint, e);
        }
    }

    private static EngineException silent(Endpoint endpoint, SQLException e) {
        return new EngineException(
                "PostgreSQL at %s does not answer: %s".formatted(endpoint, e.getMessage()), e);
    }

    private static Answer read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(STATE)) {
            row.next();
            var replica = row.getBoolean("replica");
            var follows = replica && row.getBoolean("follows");
            var lag =
                    follows
                            ? Optional.of(Duration.ofMillis((long) (row.getDouble("lag") * 1000)))
                            : Optional.<Duration>empty();
            var trouble =
                    replica && !follows
                            ? Optional.of("it receives no changes from its primary server")
                            : Optional.<String>empty();
            var host = Optional.ofNullable(row.getString("source_host"));
            var port = row.getInt("source_port");
            return new Answer(
                    new Version(row.getString("version")),
                    replica,
                    host.filter(_ -> port > 0).map(it -> new Endpoint(it, port)),
                    lag,
                    trouble);
        }
    }
}
