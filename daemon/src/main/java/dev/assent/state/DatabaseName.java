package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a group's user and database are called: `shop_main`, valid in every engine. The same in
/// each environment and engine, whose servers are others anyway, so that a dump of one fits the
/// other.
final class DatabaseName {

    /// MySQL's limit for a user; PostgreSQL's is 63.
    private static final int LONGEST = 32;

    private static final int HASH_DIGITS = 8;

    /// Without `_` inside its halves a name can be split in one way only: no two groups share it.
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9]*_[a-z0-9]+");

    /// Beginnings that PostgreSQL keeps for its own roles and key words.
    private static final Pattern TAKEN = Pattern.compile("(pg|current|session|system)_.*");

    private DatabaseName() {}

    static String of(ApplicationName application, GroupName group) {
        var wanted = application.app() + "_" + group.name();
        if (wanted.length() <= LONGEST
                && PLAIN.matcher(wanted).matches()
                && !TAKEN.matcher(wanted).matches()) {
            return wanted;
        }
        // What was shortened or changed could be another's name: the hash keeps them apart.
        var readable =
                wanted.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^_+|_+$", "");
        if (!readable.matches("[a-z].*") || TAKEN.matcher(readable).matches()) {
            readable = "app_" + readable;
        }
        var room = LONGEST - HASH_DIGITS - 1;
        var shortened = readable.substring(0, Math.min(room, readable.length()));
        return shortened.replaceAll("_+$", "") + "_" + hash(application.app() + "/" + group.name());
    }

    private static String hash(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var bytes = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
