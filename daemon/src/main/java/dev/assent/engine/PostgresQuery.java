package dev.assent.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Questions to a PostgreSQL server that have one value for an answer.
final class PostgresQuery {

    private PostgresQuery() {}

    static boolean isReplica(Connection connection) throws SQLException {
        return isTrue(connection, "SELECT pg_is_in_recovery()");
    }

    /// Whether it says yes; no row and no value are a no.
    static boolean isTrue(Connection connection, String sql, String... parameters)
            throws SQLException {
        return value(connection, sql, parameters).filter("t"::equals).isPresent();
    }

    /// The value, as PostgreSQL writes it; empty where there is none.
    static Optional<String> value(Connection connection, String sql, String... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }
}
