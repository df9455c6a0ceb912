package dev.assent.state;

import java.sql.SQLException;

/// What a record's database server is like.
///
/// @param keeps whether what it says it has written outlives a crash of its machine
/// @param isOpenToListeners whether it is reached over a network without encryption
public record ServerTraits(boolean keeps, boolean isOpenToListeners) {

    private static final String QUESTION =
            """
            SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on',
                   NOT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE)
                   AND NOT coalesce(inet_server_addr() << '127.0.0.0/8', TRUE)
                   AND inet_server_addr() <> '::1'\
            """;

    /// Asks the server.
    ///
    /// @throws StateException if it can't be reached
    public static ServerTraits of(RecordServer server) {
        try (var connection = PostgresSource.toMigrate(server).getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(QUESTION)) {
            answer.next();
            return new ServerTraits(answer.getBoolean(1), answer.getBoolean(2));
        } catch (SQLException e) {
            throw PostgresFailures.describe(server, "read", e);
        }
    }
}
