package dev.assent.provider.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A name as the name of a folder: the same where it is plain ASCII, and otherwise escaped, since a
/// daemon without a locale cannot even name a folder `größe`. Different names stay different.
final class FolderName {

    private static final int LONGEST = 200;

    private FolderName() {}

    static String of(String name) {
        var escaped = new StringBuilder();
        for (var b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) escaped.append((char) b);
            else escaped.append("%%%02X".formatted(b));
        }
        if (escaped.length() <= LONGEST) return escaped.toString();
        return escaped.substring(0, LONGEST - 40) + "~" + fingerprint(name);
    }

    private static boolean isPlain(byte b) {
        return b > 0 && (Character.isLetterOrDigit(b) || "._-".indexOf(b) >= 0);
    }

    private static String fingerprint(String name) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
