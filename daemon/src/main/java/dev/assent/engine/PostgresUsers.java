package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.postgresql.PGConnection;

/// The users of a PostgreSQL server, and the application's database.
///
/// Passwords travel as SCRAM verifiers that the driver computes: the server never hears the text,
/// so no log of statements can tell it.
final class PostgresUsers {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String WRONG_PASSWORD = "28P01";

    private static final Set<String> OURS =
            Set.of(PostgresConnection.ADMIN, PostgresConnection.REPLICATION);

    private PostgresUsers() {}

    /// Sees that the application's user exists, owns its database, and can enter no other.
    static void admit(Endpoint endpoint, GroupCredentials credentials) {
        if (OURS.contains(credentials.username())) {
            throw new EngineException(
                    "the user name `"
                            + credentials.username()
                            + "` is Assent's own on every PostgreSQL server; the application needs"
                            + " another");
        }
        try (var connection = connect(endpoint, PostgresConnection.MAINTENANCE, credentials)) {
            admitUser(connection, credentials);
            admitTo(connection, credentials);
            execute(connection, "REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
        } catch (SQLException e) {
            throw refused("make the application's user and database", endpoint, e);
        }
        handOverPublicSchema(endpoint, credentials);
    }

    private static void admitUser(Connection connection, GroupCredentials credentials)
            throws SQLException {
        var user = PostgresText.identifier(credentials.username());
        if (!exists(connection, ROLE, credentials.username())) {
            execute(connection, "CREATE ROLE " + user + " NOLOGIN");
        }
        setPassword(connection, credentials.username(), credentials.password());
        execute(
                connection,
                "ALTER ROLE "
                        + user
                        + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS");
    }

    private static void admitTo(Connection connection, GroupCredentials credentials)
            throws SQLException {
        var database = PostgresText.identifier(credentials.database());
        var user = PostgresText.identifier(credentials.username());
        execute(
                connection,
                exists(connection, DATABASE, credentials.database())
                        ? "ALTER DATABASE " + database + " OWNER TO " + user
                        : "CREATE DATABASE " + database + " OWNER " + user);
        execute(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
    }

    /// Up to PostgreSQL 14 the schema `public` belongs to the superuser, in whatever database; an
    /// application that drops and makes it again, as test tools do, needs to own it.
    private static void handOverPublicSchema(Endpoint endpoint, GroupCredentials credentials) {
        try (var connection = connect(endpoint, credentials.database(), credentials)) {
            execute(
                    connection,
                    "ALTER SCHEMA public OWNER TO "
                            + PostgresText.identifier(credentials.username()));
        } catch (SQLException e) {
            throw refused("give the application its schema", endpoint, e);
        }
    }

    /// One at a time: several replicas may be cloned at once.
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('assent'))";

    /// Sees that the user exists as which replicas follow.
    static void admitReplicas(Connection connection, Secret password) throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, ALONE);
        admitReplicasAlone(connection, password);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void admitReplicasAlone(Connection connection, Secret password)
            throws SQLException {
        var user = PostgresText.identifier(PostgresConnection.REPLICATION);
        if (!exists(connection, ROLE, PostgresConnection.REPLICATION)) {
            execute(connection, "CREATE ROLE " + user + " NOLOGIN");
        }
        setPassword(connection, PostgresConnection.REPLICATION, password);
        execute(connection, "ALTER ROLE " + user + " LOGIN REPLICATION");
    }

    /// Gives the users new passwords, all or none. The server may know the old ones still, or the
    /// new ones already.
    static void rekey(Endpoint endpoint, GroupCredentials from, GroupCredentials to) {
        try (var connection = connectWithEither(endpoint, from, to)) {
            connection.setAutoCommit(false);
            // A server that never had a replica has no user for them yet.
            execute(connection, ALONE);
            admitReplicasAlone(connection, to.replication());
            setPassword(connection, to.username(), to.password());
            setPassword(connection, PostgresConnection.ADMIN, to.admin());
            connection.commit();
        } catch (SQLException e) {
            throw refused("give the users new passwords", endpoint, e);
        }
    }

    private static Connection connectWithEither(
            Endpoint endpoint, GroupCredentials from, GroupCredentials to) throws SQLException {
        try {
            return connect(endpoint, PostgresConnection.MAINTENANCE, from);
        } catch (SQLException e) {
            if (!WRONG_PASSWORD.equals(e.getSQLState())) throw e;
            return connect(endpoint, PostgresConnection.MAINTENANCE, to);
        }
    }

    private static void setPassword(Connection connection, String user, Secret password)
            throws SQLException {
        connection
                .unwrap(PGConnection.class)
                .alterUserPassword(user, password.reveal().toCharArray(), "scram-sha-256");
    }

    private static final String ROLE = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String DATABASE = "SELECT 1 FROM pg_database WHERE datname = ?";

    private static boolean exists(Connection connection, String sql, String name)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(
            Endpoint endpoint, String database, GroupCredentials credentials) throws SQLException {
        return PostgresConnection.toAdminister(endpoint, database, credentials.admin(), PATIENCE);
    }

    private static EngineException refused(String what, Endpoint endpoint, SQLException cause) {
        return new EngineException(
                "could not %s at %s: %s".formatted(what, endpoint, cause.getMessage()), cause);
    }
}
