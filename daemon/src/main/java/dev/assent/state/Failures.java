package dev.assent.state;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.sqlite.SQLiteErrorCode;

/// Says in a sentence why the database could not be read or written, and what to do. Statements and
/// their values stay out of it.
final class Failures {

    private static final int PRIMARY_CODE = 0xFF;

    private Failures() {}

    static StateException describe(Path file, String tried, Throwable failure) {
        var code = code(failure);
        var what = "cannot " + tried + " the record in " + file + ": ";
        return new StateException(
                switch (code) {
                    case SQLITE_NOTADB ->
                            "%s is no SQLite database (or an encrypted one); nothing was changed in it. Name another file, or put a backup of the record in its place"
                                    .formatted(file);
                    case SQLITE_CORRUPT -> damaged(file, "SQLite says that it is malformed");
                    case SQLITE_FULL ->
                            what + "the disk is full; nothing was lost. Make room and try again";
                    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                            what + "the file and its folder must be writable by this user";
                    case SQLITE_IOERR ->
                            what
                                    + "the disk failed ("
                                    + reason(failure)
                                    + "); see the kernel's log";
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                            what
                                    + "another program holds it locked; end that program and try again";
                    default -> what + reason(failure);
                },
                failure);
    }

    /// What the driver throws where the disk is full.
    static ConnectionException full(String why) {
        return new ConnectionException(new SQLException(why, "", SQLiteErrorCode.SQLITE_FULL.code));
    }

    static String damaged(Path file, String how) {
        return "%s is damaged: %s. Nothing was changed in it: move it away and put a backup of the record in its place"
                .formatted(file, how);
    }

    private static SQLiteErrorCode code(Throwable failure) {
        return sql(failure) instanceof SQLException e
                ? SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    private static String reason(Throwable failure) {
        var message = sql(failure).getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /// The driver's own exception, where there is one; what wraps it quotes statement and values.
    private static Throwable sql(Throwable failure) {
        for (var it = failure; it != null; it = it.getCause()) {
            if (it instanceof SQLException) return it;
        }
        return failure;
    }
}
