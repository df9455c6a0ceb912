package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Has one server follow another one, or nobody any more.
record MysqlReplication(MysqlDialect dialect, Endpoint endpoint) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// How long a replica may take to make the changes that it has received already.
    private static final Duration TO_APPLY = Duration.ofMinutes(1);

    private static final String STOP = "STOP REPLICA";
    private static final String START = "START REPLICA";

    /// Has the server go on from where it is, at this source.
    void follow(Endpoint source, GroupCredentials credentials) {
        try (var connection = connect(credentials)) {
            follow(connection, source, credentials);
        } catch (SQLException e) {
            throw refused("have it follow " + source, e);
        }
    }

    void follow(Connection connection, Endpoint source, GroupCredentials credentials)
            throws SQLException {
        MysqlConnection.execute(connection, List.of(STOP));
        MysqlConnection.execute(connection, dialect.followFrom(source, credentials.replication()));
        MysqlConnection.execute(connection, List.of(START));
    }

    /// Whom it follows goes last: as long as it knows that, this can be begun again.
    ///
    /// @param configure has the configuration say that it follows nobody
    void promote(GroupCredentials credentials, Runnable configure) {
        try (var connection = connect(credentials)) {
            if (dialect.status(connection).isEmpty()) {
                // It may have forgotten whom it followed, by whomever's hand, and take no writes.
                MysqlConnection.execute(connection, dialect.readOnly(false));
                return;
            }
            MysqlConnection.execute(connection, List.of("STOP REPLICA IO_THREAD"));
            applyAll(connection);
            configure.run();
            MysqlConnection.execute(connection, List.of(STOP));
            MysqlConnection.execute(connection, dialect.readOnly(false));
            MysqlConnection.execute(connection, List.of("RESET REPLICA ALL"));
        } catch (SQLException e) {
            throw refused("promote it", e);
        }
    }

    /// What it has received from its source, it must not lose: nobody else may have it.
    private void applyAll(Connection connection) throws SQLException {
        var status = dialect.status(connection);
        if (status.isEmpty() || status.get().received().isEmpty()) return;
        if (!status.get().applies()) MysqlConnection.execute(connection, List.of(START_APPLYING));
        if (reaches(connection, status.get().received(), TO_APPLY)) return;
        var trouble = dialect.status(connection).flatMap(MysqlReplicaStatus::trouble);
        throw new EngineException(
                "the replica at %s has not made all the changes that it has received (%s); wait until it has, or mend it"
                        .formatted(endpoint, trouble.orElse("it is still at it")));
    }

    private static final String START_APPLYING = "START REPLICA SQL_THREAD";

    /// Waits until the server has all changes up to a position.
    boolean reaches(Connection connection, String position, Duration patience) throws SQLException {
        var seconds = Long.toString(patience.toSeconds());
        return MysqlConnection.value(connection, dialect.awaitPosition(), position, seconds)
                .equals("0");
    }

    /// Has the replica sign in with a new password. Its users get theirs from the source, so that
    /// it may know either of them now.
    void rekey(Endpoint source, GroupCredentials from, GroupCredentials to) {
        try (var connection =
                MysqlConnection.toAdminister(endpoint, to.admin(), from.admin(), PATIENCE)) {
            MysqlConnection.execute(
                    connection, List.of(STOP, dialect.signInWith(to.replication()), START));
        } catch (SQLException e) {
            throw refused("have it sign in at " + source + " with its new password", e);
        }
    }

    private Connection connect(GroupCredentials credentials) throws SQLException {
        return MysqlConnection.toAdminister(endpoint, credentials.admin(), PATIENCE);
    }

    private EngineException refused(String what, SQLException cause) {
        return new EngineException(
                "could not %s, at %s: %s".formatted(what, endpoint, cause.getMessage()), cause);
    }
}
