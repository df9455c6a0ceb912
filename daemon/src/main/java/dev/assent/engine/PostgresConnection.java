package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Opens connections to PostgreSQL servers, as one of Assent's own two users.
final class PostgresConnection {

    /// The superuser of every server, which only Assent uses.
    static final String ADMIN = "assent_admin";

    /// The user as which replicas follow; it can read the whole server and change nothing.
    static final String REPLICATION = "assent_replication";

    /// The database that every server has from the beginning.
    static final String MAINTENANCE = "postgres";

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private PostgresConnection() {}

    static Connection toAdminister(
            Endpoint endpoint, String database, Secret password, Duration patience)
            throws SQLException {
        return open(endpoint, database, properties(ADMIN, password.reveal(), patience));
    }

    /// A connection that understands the commands of replication and no others.
    static Connection toReplicate(Endpoint endpoint, String password, Duration patience)
            throws SQLException {
        var properties = properties(REPLICATION, password, patience);
        PGProperty.REPLICATION.set(properties, "true");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
        return open(endpoint, MAINTENANCE, properties);
    }

    /// A connection of the application's user to its database, on a server that Assent did not
    /// build and that may want encryption.
    static Connection asGuest(Endpoint endpoint, GroupCredentials credentials, Duration patience)
            throws SQLException {
        var properties =
                properties(credentials.username(), credentials.password().reveal(), patience);
        PGProperty.SSL_MODE.set(properties, "prefer");
        return open(endpoint, credentials.database(), properties);
    }

    private static Properties properties(String user, String password, Duration patience) {
        var properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) patience.toSeconds());
        PGProperty.SSL_MODE.set(properties, "disable");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.APPLICATION_NAME.set(properties, "assent");
        return properties;
    }

    private static Connection open(Endpoint endpoint, String database, Properties properties)
            throws SQLException {
        var url =
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                endpoint.host(),
                                endpoint.port(),
                                URLEncoder.encode(database, StandardCharsets.UTF_8));
        var connection = new Driver().connect(url, properties);
        if (connection == null) throw new SQLException("no address of a PostgreSQL server: " + url);
        return connection;
    }
}
