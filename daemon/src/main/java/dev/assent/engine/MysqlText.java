package dev.assent.engine;

import dev.assent.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Values written so that the server reads back the same value, whatever is in them.
final class MysqlText {

    private static final int LONGEST_NAME = 64;

    private MysqlText() {}

    /// The name of a database in SQL.
    static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0 || name.endsWith(" ")) {
            throw new EngineException("there is no way to name a database `" + name + "`");
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw new EngineException(
                    "names of databases have at most %d characters; `%s` is longer"
                            .formatted(LONGEST_NAME, name));
        }
        return '`' + name.replace("`", "``") + '`';
    }

    /// The same where a privilege is given, which takes `_` and `%` in a name for any character
    /// unless told otherwise: the owner of `shop_a` must not own `shopXa` too.
    static String grantedOn(String name) {
        return identifier(name).replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }

    /// A text in SQL, in a session that has not been told to take backslashes as they are.
    static String literal(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + '\'';
    }

    /// A value in an option file.
    static String option(String value) {
        if (value.indexOf('"') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new EngineException(
                    "option files cannot hold quotation marks and line breaks, as there are in a path, an address or a password here");
        }
        return '"' + value.replace("\\", "\\\\") + '"';
    }

    /// What a server keeps of a password for `mysql_native_password`. Worked out here, so that the
    /// server and its logs never hear the password itself.
    static String nativeHash(Secret password) {
        var once = sha1(password.reveal().getBytes(StandardCharsets.UTF_8));
        return '*' + HexFormat.of().withUpperCase().formatHex(sha1(once));
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
