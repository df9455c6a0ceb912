package dev.assent.engine;

import dev.assent.model.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// What a replica says of its two threads: one receives changes, the other one makes them.
///
/// @param received up to where it has received its source's changes
record MysqlReplicaStatus(
        Endpoint source,
        boolean receives,
        boolean applies,
        Optional<Duration> lag,
        String received,
        String receivingError,
        String applyingError) {

    /// @param source the word that the columns have for a source
    /// @param replica the word that they have for a replica
    /// @param received the column with the last received transaction
    static Optional<MysqlReplicaStatus> of(
            Connection connection, String source, String replica, String received)
            throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW REPLICA STATUS")) {
            if (!row.next()) return Optional.empty();
            return Optional.of(
                    new MysqlReplicaStatus(
                            new Endpoint(text(row, source + "_Host"), row.getInt(source + "_Port")),
                            text(row, replica + "_IO_Running").equals("Yes"),
                            text(row, replica + "_SQL_Running").equals("Yes"),
                            Optional.ofNullable(row.getString("Seconds_Behind_" + source))
                                    .map(it -> Duration.ofSeconds(Long.parseLong(it))),
                            text(row, received),
                            text(row, "Last_IO_Error"),
                            text(row, "Last_SQL_Error")));
        }
    }

    private static String text(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? "" : text.replaceAll("\\s+", " ").strip();
    }

    boolean follows() {
        return receives && applies;
    }

    /// Why it does not follow, in the server's own words.
    Optional<String> trouble() {
        if (!applies) {
            return Optional.of(told("it has stopped applying its source's changes", applyingError));
        }
        if (!receives) {
            return Optional.of(told("it receives no changes from its source", receivingError));
        }
        return Optional.empty();
    }

    private static String told(String what, String error) {
        return error.isEmpty() ? what : what + ": " + error;
    }
}
