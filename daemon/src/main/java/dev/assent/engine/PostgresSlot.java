package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.ServerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The replication slot by which a primary server remembers how far one replica has come.
///
/// @param name lower-case letters, digits and `_`, as PostgreSQL demands of a slot
record PostgresSlot(String name) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOT_THERE = "42704";

    /// Readable, and different for every server of the installation.
    static PostgresSlot of(ServerKey server) {
        var readable = server.server().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return new PostgresSlot(
                "assent_%s_%s"
                        .formatted(
                                readable.substring(0, Math.min(readable.length(), 40)),
                                fingerprint(server.toString())));
    }

    /// Of a slot that keeps nothing any more, or soon.
    private static final String DROP_LOST =
            """
            SELECT pg_drop_replication_slot(slot_name)
              FROM pg_replication_slots
             WHERE slot_name = ? AND (restart_lsn IS NULL OR wal_status IN ('unreserved', 'lost'))
            """;

    /// It keeps the log from this moment on, not only from the replica's first visit.
    private static final String CREATE =
            """
            SELECT pg_create_physical_replication_slot(wanted, true)
              FROM (VALUES (?)) AS slot (wanted)
             WHERE NOT EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = wanted)
            """;

    /// Makes it where it is not there. One that is there and still keeps the log is left: a replica
    /// whose copy fails goes on from where it was.
    void provide(Connection source) throws SQLException {
        for (var sql : List.of(DROP_LOST, CREATE)) {
            try (var statement = source.prepareStatement(sql)) {
                statement.setString(1, name);
                statement.execute();
            }
        }
    }

    /// Deletes all slots of a server that has stopped: those that a primary server had for its
    /// replicas would keep the log forever once it is a replica itself.
    static void deleteAll(Site stopped, Workbench workbench) {
        var slots = stopped.data().resolve("pg_replslot");
        workbench.delete(slots);
        workbench.makeFolder(slots);
    }

    /// Drops it if it is there, as the replica's own user, whose password is in the file: whoever
    /// removes a replica needs no superuser for that.
    void drop(Endpoint primary, Path passwordFile) {
        try (var connection =
                        PostgresConnection.toReplicate(primary, password(passwordFile), PATIENCE);
                var statement = connection.createStatement()) {
            statement.execute("DROP_REPLICATION_SLOT " + name + " WAIT");
        } catch (SQLException | IOException e) {
            if (e instanceof SQLException refusal && NOT_THERE.equals(refusal.getSQLState()))
                return;
            throw new EngineException(
                    "could not drop the replication slot %s at %s: %s"
                            .formatted(name, primary, e.getMessage()),
                    e);
        }
    }

    private static String password(Path file) throws IOException {
        var line = Files.readString(file).strip();
        return line.substring(line.lastIndexOf(':') + 1);
    }

    private static String fingerprint(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
