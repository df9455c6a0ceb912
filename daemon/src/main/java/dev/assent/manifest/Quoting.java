package dev.assent.manifest;

import java.util.List;
import java.util.regex.Pattern;

/// Lines in which quotes help.
final class Quoting {

    /// A key with whatever stands before it, up to its value.
    private static final Pattern KEY = Pattern.compile("[ -]*+[^ :#'\"{}\\[\\]][^:#]*+: ++");

    private static final String NOT_PLAIN = "\"'{[&*!|>#";

    private Quoting() {}

    /// A line with the value of its key in quotes; none where it is no plain one.
    static List<Mend> value(int line, String text) {
        var key = KEY.matcher(text);
        return key.lookingAt()
                        && key.end() < text.length()
                        && NOT_PLAIN.indexOf(text.charAt(key.end())) < 0
                ? from(line, text, key.end())
                : List.of();
    }

    /// A line with everything from an offset on in quotes, save for a comment.
    static List<Mend> from(int line, String text, int offset) {
        var comment = text.indexOf(" #", offset);
        var rest = text.substring(offset, comment < 0 ? text.length() : comment).stripTrailing();
        return rest.isEmpty() || text.length() > Problems.LONGEST_MENDED
                ? List.of()
                : List.of(
                        Mend.of(
                                line,
                                text.substring(0, offset)
                                        + quoted(rest)
                                        + text.substring(offset + rest.length())));
    }

    /// A text in quotes.
    static String quoted(String text) {
        return text.contains("\"") || text.contains("\\")
                ? "'" + text.replace("'", "''") + "'"
                : "\"" + text + "\"";
    }
}
