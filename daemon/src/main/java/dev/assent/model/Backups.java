package dev.assent.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// When copies of a group's data are taken, and how many are kept.
///
/// @param schedule five fields as in a crontab, one space between
/// @param keep how many are kept; older ones are deleted
/// @param excludeTables tables whose rows are not copied, in the order of their names
/// @param runOnReplica whether a replica is read instead of the primary server, if there is one
public record Backups(
        String schedule,
        int keep,
        Kind kind,
        boolean gzip,
        List<String> excludeTables,
        boolean runOnReplica) {

    private static final Pattern FIELDS = Pattern.compile("\\S+( \\S+){4}");

    public Backups {
        schedule = schedule.strip().replaceAll("\\s+", " ");
        excludeTables = excludeTables.stream().distinct().sorted().toList();
        if (!FIELDS.matcher(schedule).matches()) {
            throw new IllegalArgumentException("not a schedule of five fields: " + schedule);
        }
        if (keep < 1) throw new IllegalArgumentException("at least one is kept, not " + keep);
    }

    /// What a backup is made of.
    public enum Kind {
        /// A dump, which can be restored into another version or application.
        TEXT,
        /// The server's own files: faster, and only for the same version and application.
        BINARY;

        /// The word in manifests and JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The kind of a word of [#word].
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// In one line: `0 3 * * *, 14 kept, text, gzip`.
    @Override
    public String toString() {
        return "%s, %d kept, %s%s%s%s"
                .formatted(
                        schedule,
                        keep,
                        kind.word(),
                        gzip ? ", gzip" : "",
                        runOnReplica ? ", on a replica" : "",
                        excludeTables.isEmpty()
                                ? ""
                                : ", without " + String.join(" ", excludeTables));
    }
}
