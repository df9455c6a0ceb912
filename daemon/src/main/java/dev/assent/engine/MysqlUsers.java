package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The users of a server of MySQL's family, and the application's database. All of them come from
/// the machine itself, as the server sees it: from the address where it listens.
record MysqlUsers(MysqlDialect dialect, Endpoint endpoint) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<String> OURS =
            Set.of(MysqlConnection.ADMIN, MysqlConnection.REPLICATION);

    /// What makes Assent's own two users.
    List<String> own(GroupCredentials credentials) {
        var admin = account(MysqlConnection.ADMIN);
        var replication = account(MysqlConnection.REPLICATION);
        return List.of(
                "CREATE USER " + admin + dialect.identifiedBy(credentials.admin()),
                "GRANT ALL PRIVILEGES ON *.* TO " + admin + " WITH GRANT OPTION",
                "CREATE USER " + replication + dialect.identifiedBy(credentials.replication()),
                "GRANT REPLICATION SLAVE ON *.* TO " + replication);
    }

    /// Sees that the application's user exists and owns its database and nothing else.
    void admit(GroupCredentials credentials) {
        if (OURS.contains(credentials.username())) {
            throw new EngineException(
                    "the user name `%s` is Assent's own on every server of %s; the application needs another"
                            .formatted(credentials.username(), dialect.product()));
        }
        var user = account(credentials.username());
        var database = credentials.database();
        try (var connection =
                MysqlConnection.toAdminister(endpoint, credentials.admin(), PATIENCE)) {
            MysqlConnection.execute(
                    connection,
                    List.of(
                            "CREATE DATABASE IF NOT EXISTS " + MysqlText.identifier(database),
                            "CREATE USER IF NOT EXISTS "
                                    + user
                                    + dialect.identifiedBy(credentials.password()),
                            "ALTER USER " + user + dialect.identifiedBy(credentials.password()),
                            "GRANT ALL PRIVILEGES ON %s.* TO %s"
                                    .formatted(MysqlText.grantedOn(database), user)));
        } catch (SQLException e) {
            throw refused("make the application's user and database", e);
        }
    }

    /// Gives everybody a new password, Assent last: what breaks off before can be begun again.
    void rekey(GroupCredentials from, GroupCredentials to) {
        try (var connection =
                MysqlConnection.toAdminister(endpoint, to.admin(), from.admin(), PATIENCE)) {
            give(connection, to.username(), to.password());
            give(connection, MysqlConnection.REPLICATION, to.replication());
            give(connection, MysqlConnection.ADMIN, to.admin());
        } catch (SQLException e) {
            throw refused("give its users new passwords", e);
        }
    }

    private void give(Connection connection, String user, Secret password) throws SQLException {
        MysqlConnection.execute(
                connection,
                List.of("ALTER USER " + account(user) + dialect.identifiedBy(password)));
    }

    private String account(String user) {
        return "%s@%s ".formatted(MysqlText.literal(user), MysqlText.literal(address()));
    }

    /// A server that resolves no names knows its guests by address.
    private String address() {
        try {
            return InetAddress.getByName(endpoint.host()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new EngineException(
                    "the address of `%s`, where the server is to listen, is not known"
                            .formatted(endpoint.host()),
                    e);
        }
    }

    private EngineException refused(String what, SQLException cause) {
        return new EngineException(
                "could not %s at %s: %s".formatted(what, endpoint, cause.getMessage()), cause);
    }
}
