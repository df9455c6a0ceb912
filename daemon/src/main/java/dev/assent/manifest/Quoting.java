package dev.assent.manifest;

import java.util.List;
import java.util.regex.Pattern;

/// Lines in which quotes help.
final class Quoting {

    /// A key with whatever stands before it, its value, and a comment.
    private static final Pattern ENTRY =
            Pattern.compile("^([ -]*+[^ :#'\"{}\\[\\]][^:#]*+: +)([^\"'{\\[&*!|> ].*?)( +#.*)?$");

    private static final Pattern REST = Pattern.compile("^(.*?)( +#.*| *)$");

    private Quoting() {}

    /// A line with the value of its key in quotes; none where it is no plain one.
    static List<Mend> value(int line, String text) {
        var entry = ENTRY.matcher(text.stripTrailing());
        return entry.matches()
                ? List.of(
                        Mend.of(
                                line,
                                entry.group(1)
                                        + quoted(entry.group(2))
                                        + (entry.group(3) == null ? "" : entry.group(3))))
                : List.of();
    }

    /// A line with everything from an offset on in quotes, save for a comment.
    static List<Mend> from(int line, String text, int offset) {
        var rest = REST.matcher(text.substring(offset));
        return rest.matches() && !rest.group(1).isEmpty()
                ? List.of(
                        Mend.of(
                                line,
                                text.substring(0, offset) + quoted(rest.group(1)) + rest.group(2)))
                : List.of();
    }

    /// A text in quotes.
    static String quoted(String text) {
        return text.contains("\"") || text.contains("\\")
                ? "'" + text.replace("'", "''") + "'"
                : "\"" + text + "\"";
    }
}
