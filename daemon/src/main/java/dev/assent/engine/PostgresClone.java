package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/// Copies a running server, a primary one or a replica, into a replica's data folder by
/// PostgreSQL's low-level backup: what `pg_basebackup` does, with nothing but a connection and the
/// files.
final class PostgresClone {

    /// A checkpoint of a busy server can take long.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// The release that gave the functions of the backup new names.
    private static final int RENAMED = 15;

    /// Folders that a replica needs, and that it fills by itself.
    private static final Set<String> EMPTIED =
            Set.of(
                    "pg_wal",
                    "pg_replslot",
                    "pg_dynshmem",
                    "pg_notify",
                    "pg_serial",
                    "pg_snapshots",
                    "pg_stat_tmp",
                    "pg_subtrans");

    private static final Pattern LEFT_OUT =
            Pattern.compile(
                    "postmaster\\.(pid|opts)|backup_label(\\.old)?|tablespace_map(\\.old)?"
                            + "|backup_manifest|standby\\.signal|recovery\\.signal"
                            + "|current_logfiles.*|postgresql\\.auto\\.conf\\.tmp"
                            + "|pg_internal\\.init.*|pgsql_tmp.*");

    private static final Path CONTROL = Path.of("global", "pg_control");

    private final Site source;
    private final Site replica;
    private final GroupCredentials credentials;
    private final Workbench workbench;

    PostgresClone(Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        this.source = source;
        this.replica = replica;
        this.credentials = credentials;
        this.workbench = workbench;
    }

    /// The slot comes first, so that the source keeps all log from before the copy; and start and
    /// stop of the backup must be said on one connection. The control file comes last: in that of a
    /// source that is a replica itself stands how far the log must be read for the copy to be
    /// whole.
    void make() {
        try (var connection =
                PostgresConnection.toAdminister(
                        source.endpoint(),
                        PostgresConnection.MAINTENANCE,
                        credentials.admin(),
                        PATIENCE)) {
            if (!PostgresQuery.isReplica(connection)) {
                PostgresUsers.admitReplicas(connection, credentials.replication());
            }
            refuseTablespaces(connection);
            PostgresSlot.of(replica.server()).provide(connection);
            start(connection);
            workbench.copy(source.data(), replica.data(), it -> !it.equals(CONTROL) && wanted(it));
            workbench.copy(
                    source.data().resolve(CONTROL.getParent()),
                    replica.data().resolve(CONTROL.getParent()),
                    CONTROL.getFileName()::equals);
            workbench.makeFolder(replica.data().resolve("pg_wal/archive_status"));
            workbench.write(replica.data().resolve("backup_label"), stop(connection));
            workbench.write(PostgresConfiguration.standbySignal(replica), "");
        } catch (SQLException e) {
            throw new EngineException(
                    "could not copy PostgreSQL at %s: %s"
                            .formatted(source.endpoint(), e.getMessage()),
                    e);
        }
    }

    /// Whether a file or folder of the source's data folder belongs into a replica's.
    static boolean wanted(Path relative) {
        if (relative.getNameCount() > 1 && EMPTIED.contains(relative.getName(0).toString())) {
            return false;
        }
        return !LEFT_OUT.matcher(relative.getFileName().toString()).matches();
    }

    private void start(Connection connection) throws SQLException {
        var sql =
                source.version().major() >= RENAMED
                        ? "SELECT pg_backup_start(?, true)"
                        : "SELECT pg_start_backup(?, true, false)";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, "assent clones " + replica.server().server());
            statement.execute();
        }
    }

    /// Ends the backup; what it returns tells the replica from where to read the log.
    private String stop(Connection connection) throws SQLException {
        var sql =
                source.version().major() >= RENAMED
                        ? "SELECT labelfile FROM pg_backup_stop(false)"
                        : "SELECT labelfile FROM pg_stop_backup(false, false)";
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString("labelfile");
        }
    }

    private static final String TABLESPACES =
            "SELECT count(*) FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')";

    private void refuseTablespaces(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(TABLESPACES)) {
            row.next();
            if (row.getInt(1) > 0) {
                throw new EngineException(
                        source.server()
                                + " has tablespaces of its own, which cannot be copied: move what"
                                + " is in them to pg_default and drop them first");
            }
        }
    }
}
