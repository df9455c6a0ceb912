package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Asks a server of MySQL's family for its version, its role and whether it follows.
record MysqlAnswer(MysqlDialect dialect, Endpoint endpoint) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// `10.11.5-MariaDB-log`, `8.4.3`; some MariaDB servers put a number before it that is not
    /// theirs.
    private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d+\\.\\d+\\.\\d+).*");

    Answer of(GroupCredentials credentials) {
        try (var connection =
                MysqlConnection.toAdminister(endpoint, credentials.admin(), PATIENCE)) {
            var status = dialect.status(connection);
            return new Answer(
                    version(connection),
                    status.isPresent(),
                    status.map(MysqlReplicaStatus::source),
                    status.filter(MysqlReplicaStatus::follows).flatMap(MysqlReplicaStatus::lag),
                    status.flatMap(MysqlReplicaStatus::trouble));
        } catch (SQLException e) {
            throw silent(e);
        }
    }

    /// Whom a server follows, and whether, is not for the application's user to know; that it takes
    /// no writes is.
    Answer toGuest(GroupCredentials credentials) {
        try (var connection = MysqlConnection.asGuest(endpoint, credentials, PATIENCE)) {
            return new Answer(
                    version(connection),
                    MysqlConnection.value(connection, "SELECT @@global.read_only").equals("1"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        } catch (SQLException e) {
            throw silent(e);
        }
    }

    private Version version(Connection connection) throws SQLException {
        var text = MysqlConnection.value(connection, "SELECT VERSION()");
        var matcher = VERSION.matcher(text);
        if (matcher.matches()) return new Version(matcher.group(1));
        throw new SQLException("it says of its version: " + text);
    }

    private EngineException silent(SQLException e) {
        return new EngineException(
                "%s at %s does not answer: %s"
                        .formatted(dialect.product(), endpoint, e.getMessage()),
                e);
    }
}
