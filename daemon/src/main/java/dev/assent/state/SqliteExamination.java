package dev.assent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Looks at a SQLite file through connections that cannot write, so that one that is damaged, or
/// that came by the log of another database, stays as it is.
final class SqliteExamination {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteExamination.class);

    /// So many of the last entries are looked at after a crash.
    private static final int RECENT = 1000;

    private static final String REFERENCES =
            """
            SELECT "table" || ' refers to a ' || parent || ' that is not there'
              FROM pragma_foreign_key_check
             LIMIT 1\
            """;

    private SqliteExamination() {}

    static SQLiteDataSource reading(Path file) {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /// What is cheap enough for every start, beside the structure of all pages that [Schema] has
    /// looked at: references between rows, the key, and that the audit trail ends where it says.
    ///
    /// @throws StateException if something of that is wrong; nothing was changed
    static void pass(Path file, SecretKeyFile key) {
        ask(
                file,
                handle -> {
                    references(handle, file);
                    var seal = new Seal(key, new SecureRandom());
                    if (KeyCheck.refuseOther(handle, file, key, seal))
                        trail(handle, file, new Signet(key));
                });
    }

    /// Everything that can be looked at: each page and index, references, the whole audit trail.
    ///
    /// @param named what messages call it
    /// @param key empty: seals are not looked at
    /// @throws StateException if something of that is wrong
    static Verification whole(Path file, Path named, Optional<SecretKeyFile> key) {
        var answer = new Verification[1];
        ask(
                file,
                handle -> {
                    var health =
                            handle.createQuery("PRAGMA integrity_check(1)")
                                    .mapTo(String.class)
                                    .one();
                    if (!health.equals("ok"))
                        throw new StateException(Failures.damaged(named, health));
                    references(handle, named);
                    answer[0] =
                            key.map(it -> withKey(handle, named, it))
                                    .orElseGet(() -> chain(handle));
                });
        return answer[0];
    }

    private static Verification withKey(Handle handle, Path named, SecretKeyFile key) {
        KeyCheck.refuseOther(handle, named, key, new Seal(key, new SecureRandom()));
        var signet = new Signet(key);
        return Audit.trail(handle, Optional.of(signet)).and(new SealWalk(handle, signet).result());
    }

    private static Verification chain(Handle handle) {
        return Audit.trail(handle, Optional.empty());
    }

    private static void references(Handle handle, Path file) {
        handle.createQuery(REFERENCES)
                .mapTo(String.class)
                .findOne()
                .ifPresent(it -> {
                    throw new StateException(Failures.damaged(file, it));
                });
    }

    /// Whoever cuts entries off is told of, and the daemon goes on; but after a crash, when a log
    /// is there that was not folded in, it may be another database's.
    private static void trail(Handle handle, Path file, Signet signet) {
        var walk = Audit.end(handle, signet, RECENT);
        if (walk.isEmpty()) return;
        var wrong = walk.getFirst().said();
        var log = file.resolveSibling(file.getFileName() + "-wal");
        if (isSomething(log)) {
            throw new StateException(
                    "%s and its log %s do not belong together, or were edited: in the audit trail %s. Nothing was changed in them: put a backup of the record in their place (assent state restore)"
                            .formatted(file, log, wrong));
        }
        LOG.error(
                "the audit trail was changed: {}; look at all of it: assent audit --verify", wrong);
    }

    private static boolean isSomething(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0;
        } catch (IOException _) {
            return true;
        }
    }

    /// Where the audit trail ends, as far as it can be told.
    static AuditHead head(Path file) {
        var answer = new AuditHead[1];
        ask(
                file,
                handle ->
                        answer[0] =
                                AuditHead.read(handle)
                                        .map(AuditHead.Stored::head)
                                        .orElse(
                                                new AuditHead(
                                                        0, AuditChain.START, 1, Optional.empty())));
        return answer[0];
    }

    private interface Questions {
        void ask(Handle handle);
    }

    private static void ask(Path file, Questions questions) {
        try (var handle = Jdbi.create(reading(file)).open()) {
            handle.useTransaction(questions::ask);
        } catch (JdbiException e) {
            throw Failures.describe(file, "read", e);
        }
    }

    /// Copies a database, as it is at one moment, into a file of its own, without what was deleted
    /// in it. Whoever writes meanwhile goes on.
    static void copy(Path file, Path target) {
        try (var connection = reading(file).getConnection();
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, target.toString());
            statement.execute();
        } catch (SQLException e) {
            throw Failures.describe(file, "copy", e);
        }
    }
}
