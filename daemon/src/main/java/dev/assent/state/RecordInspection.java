package dev.assent.state;

import dev.assent.observation.Observer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A look at the record of a daemon that does not run. It is a copy that is looked at: nothing of
/// the record itself is opened, locked or changed, so that a daemon can start at any time.
///
/// @param version the schema that it has
/// @param newest the schema that this program makes of it when it starts
/// @param entries how many entries the audit trail has
/// @param broken the number of the first one that does not fit, where one does not
public record RecordInspection(int version, int newest, long entries, Optional<Long> broken) {

    private static final Pattern PROCESS =
            Pattern.compile("process ([0-9]{1,10})\\s*(with a log\\s*)?");

    /// Looks at a record and tries the key.
    ///
    /// @throws StateException if it can't be read, is damaged, is another program's or a newer
    ///   one's, or belongs to another key
    public static RecordInspection of(Path database, SecretKeyFile key) {
        try {
            var folder = Files.createTempDirectory("assent-record-");
            try {
                return at(copied(database, folder), database, key);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new StateException(
                    "cannot look at the record in %s: %s".formatted(database, e), e);
        }
    }

    /// Looks at the record itself, where a server keeps it: whoever writes there is not disturbed.
    ///
    /// @throws StateException if it can't be read, is another program's or a newer one's, or
    ///   belongs to another key
    public static RecordInspection of(RecordServer server, SecretKeyFile key) {
        try {
            return of(PostgresSchema.inspect(server), new PostgresMedium(server), server, key);
        } catch (SQLException e) {
            throw PostgresFailures.describe(server, "read", e);
        }
    }

    private static RecordInspection at(Path copy, Path database, SecretKeyFile key) {
        try {
            return of(Schema.inspect(copy), new SqliteMedium(copy), database, key);
        } catch (SQLException e) {
            throw Failures.describe(database, "read", e);
        }
    }

    private static RecordInspection of(
            int version, Medium medium, Object record, SecretKeyFile key) {
        if (version > Schema.VERSION) {
            throw new StateException(
                    "%s was written by a newer assent (schema %d; this one knows up to %d); use that version or a newer one"
                            .formatted(record, version, Schema.VERSION));
        }
        if (version < Schema.VERSION) {
            return new RecordInspection(version, Schema.VERSION, 0, Optional.empty());
        }
        try (var opened = Database.open(medium, Observer.NOBODY)) {
            var seal = new Seal(key, new SecureRandom());
            var signet = new Signet(key);
            var known = KeyCheck.look(opened, record.toString(), key, seal);
            // Of a copy: what is sealed here is not what is looked at.
            if (known && medium instanceof SqliteMedium) KeyCheck.seal(opened, seal, signet);
            var audit = new Audit(opened, signet, InstantSource.system());
            var entries = audit.newest(AuditFilter.NONE, 1);
            return new RecordInspection(
                    version,
                    version,
                    entries.isEmpty() ? 0 : entries.getFirst().number(),
                    audit.firstBroken());
        }
    }

    /// The process that holds a record open: the one that its lock names, if the system knows that
    /// lock.
    public static OptionalLong holder(Path database) {
        var lock = database.resolveSibling(database.getFileName() + ".lock");
        try {
            var named = PROCESS.matcher(Files.readString(lock, StandardCharsets.UTF_8));
            if (!named.matches()) return OptionalLong.empty();
            var file =
                    Objects.requireNonNull(
                            Files.getAttribute(lock, "unix:ino", LinkOption.NOFOLLOW_LINKS));
            var holds = Pattern.compile(".* %s [0-9a-f:]+:%s .*".formatted(named.group(1), file));
            try (var locks = Files.lines(Path.of("/proc/locks"))) {
                return locks.anyMatch(it -> holds.matcher(it).matches())
                        ? OptionalLong.of(Long.parseLong(named.group(1)))
                        : OptionalLong.empty();
            }
        } catch (IOException | UnsupportedOperationException _) {
            return OptionalLong.empty();
        }
    }

    private static Path copied(Path database, Path folder) throws IOException {
        var copy = folder.resolve("assent.db");
        for (var end : new String[] {"", "-wal"}) {
            var file = database.resolveSibling(database.getFileName() + end);
            if (Files.exists(file)) {
                Files.copy(
                        file,
                        copy.resolveSibling("assent.db" + end),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var it : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(it);
            }
        }
    }
}
