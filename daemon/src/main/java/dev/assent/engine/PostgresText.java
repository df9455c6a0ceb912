package dev.assent.engine;

import java.nio.charset.StandardCharsets;

/// Values written so that PostgreSQL reads back the same value, whatever is in them.
final class PostgresText {

    /// PostgreSQL cuts longer names off without a word.
    private static final int LONGEST_NAME = 63;

    private PostgresText() {}

    /// A name in SQL.
    static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new EngineException("PostgreSQL cannot name anything `" + name + "`");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new EngineException(
                    "PostgreSQL's names have at most %d bytes; `%s` is longer"
                            .formatted(LONGEST_NAME, name));
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A value in `postgresql.conf`.
    static String setting(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /// A value in a connection string of libpq.
    static String connectionValue(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /// A field of a line in a password file.
    static String passwordField(String value) {
        return value.replace("\\", "\\\\").replace(":", "\\:");
    }
}
