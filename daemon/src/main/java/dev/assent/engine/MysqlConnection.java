package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/// Opens connections to servers of MySQL's family, as one of Assent's own two users or a guest.
final class MysqlConnection {

    /// The superuser of every server, which only Assent uses.
    static final String ADMIN = "assent_admin";

    /// The user as which replicas follow.
    static final String REPLICATION = "assent_replication";

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private MysqlConnection() {}

    static Connection toAdminister(Endpoint endpoint, Secret password, Duration patience)
            throws SQLException {
        return open(endpoint, ADMIN, password, "disable", patience);
    }

    /// The same where it is not sure which of two passwords is in force. A replica hears of the
    /// next one from its source, perhaps between the two tries; so that one is tried last, too.
    static Connection toAdminister(Endpoint endpoint, Secret next, Secret now, Duration patience)
            throws SQLException {
        try {
            return toAdminister(endpoint, next, patience);
        } catch (SQLException e) {
            if (!isRefusal(e)) throw e;
        }
        try {
            return toAdminister(endpoint, now, patience);
        } catch (SQLException e) {
            if (!isRefusal(e)) throw e;
            return toAdminister(endpoint, next, patience);
        }
    }

    private static boolean isRefusal(SQLException e) {
        return "28000".equals(e.getSQLState());
    }

    /// A connection of the application's user to its database, on a server that Assent did not
    /// build and that may want encryption, or not know of it.
    static Connection asGuest(Endpoint endpoint, GroupCredentials credentials, Duration patience)
            throws SQLException {
        var connection =
                asGuest(endpoint, credentials.username(), credentials.password(), patience);
        try {
            connection.setCatalog(credentials.database());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection asGuest(
            Endpoint endpoint, String user, Secret password, Duration patience)
            throws SQLException {
        try {
            return open(endpoint, user, password, "trust", patience);
        } catch (SQLException e) {
            if (isRefusal(e)) throw e;
            return open(endpoint, user, password, "disable", patience);
        }
    }

    private static Connection open(
            Endpoint endpoint, String user, Secret password, String encryption, Duration patience)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
        properties.setProperty("sslMode", encryption);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(patience.toMillis()));
        var connection = new Driver().connect("jdbc:mariadb://%s/".formatted(endpoint), properties);
        if (connection == null) throw new SQLException("no address of a server: " + endpoint);
        return connection;
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// The one value that a query gives.
    static String value(Connection connection, String query, String... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (var row = statement.executeQuery()) {
                var value = row.next() ? row.getString(1) : null;
                return value == null ? "" : value;
            }
        }
    }
}
