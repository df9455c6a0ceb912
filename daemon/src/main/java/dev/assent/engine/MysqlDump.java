package dev.assent.engine;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.regex.Pattern;

/// The statements of a dump, one after another, as the client's program would send them: without
/// their delimiter, which a line `DELIMITER ;;` changes for a while, so that a routine's body may
/// have semicolons.
///
/// A delimiter within quotes or a comment is none. Quotes obey backslashes, unless the dump itself
/// has set an SQL mode in which they do not.
final class MysqlDump {

    private static final Pattern CHANGE = Pattern.compile("(?i)DELIMITER\\s+(\\S+)\\s*");
    private static final Pattern MODE = Pattern.compile("(?is)(/\\*!\\d+ )?SET sql_mode\\b.*");

    /// What a client is to do with the dump; servers have no use for it.
    private static final String SANDBOX = "\\- enable the sandbox mode */";

    /// What the text is in at the moment.
    private enum In {
        SQL,
        SINGLE_QUOTES,
        DOUBLE_QUOTES,
        BACKTICKS,
        COMMENT
    }

    private final Reader text;
    private String delimiter = ";";
    private boolean backslashes = true;

    /// What is left of a line after a delimiter.
    private String rest = "";

    private In in = In.SQL;

    /// @param text buffered
    MysqlDump(Reader text) {
        this.text = text;
    }

    /// The next statement; empty when there is none any more.
    Optional<String> next() throws IOException {
        var statement = new StringBuilder();
        var line = rest.isEmpty() ? line() : Optional.of(rest);
        rest = "";
        for (; line.isPresent(); line = line()) {
            var end = takeIn(statement, line.get());
            if (end < 0) continue;
            rest = line.get().substring(end + delimiter.length()).strip();
            return Optional.of(heeded(statement.toString().strip()));
        }
        var last = statement.toString().strip();
        return last.isEmpty() ? Optional.empty() : Optional.of(heeded(last));
    }

    /// Adds what a line has of a statement. Where that ends; negative if it does not.
    private int takeIn(StringBuilder statement, String line) {
        if (statement.isEmpty() && isNoSql(line)) return -1;
        var end = end(line);
        if (end < 0) statement.append(line).append('\n');
        else statement.append(line, 0, end);
        return end;
    }

    /// A line ends with a line feed only: within a routine's text, a carriage return is a part of
    /// it.
    private Optional<String> line() throws IOException {
        var line = new StringBuilder();
        for (var c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n') return Optional.of(line.toString());
            line.append((char) c);
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    private boolean isNoSql(String line) {
        var change = CHANGE.matcher(line);
        if (change.matches()) delimiter = change.group(1);
        return change.matches()
                || line.isBlank()
                || line.startsWith("--")
                || line.stripTrailing().endsWith(SANDBOX);
    }

    private String heeded(String statement) {
        if (MODE.matcher(statement).matches()) {
            backslashes = !statement.contains("NO_BACKSLASH_ESCAPES");
        }
        return statement;
    }

    /// Where a line has the statement's delimiter; negative if it has none.
    private int end(String line) {
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            switch (in) {
                case SQL -> {
                    if (line.startsWith(delimiter, i)) return i;
                    if (c == '#' || (line.startsWith("--", i) && isBlankAt(line, i + 2))) return -1;
                    in = entered(line, i);
                    // The star that opens a comment must not close it: `/*/`.
                    if (in == In.COMMENT) i++;
                }
                case SINGLE_QUOTES, DOUBLE_QUOTES -> {
                    if (c == '\\' && backslashes) i++;
                    else if (c == (in == In.SINGLE_QUOTES ? '\'' : '"')) in = In.SQL;
                }
                case BACKTICKS -> {
                    if (c == '`') in = In.SQL;
                }
                case COMMENT -> {
                    if (line.startsWith("*/", i)) in = In.SQL;
                }
            }
        }
        return -1;
    }

    private static boolean isBlankAt(String line, int i) {
        return i >= line.length() || Character.isWhitespace(line.charAt(i));
    }

    /// A comment with a `!` is SQL for those that it is meant for, and ends like one.
    private static In entered(String line, int i) {
        return switch (line.charAt(i)) {
            case '\'' -> In.SINGLE_QUOTES;
            case '"' -> In.DOUBLE_QUOTES;
            case '`' -> In.BACKTICKS;
            case '/' -> isPlainComment(line, i) ? In.COMMENT : In.SQL;
            default -> In.SQL;
        };
    }

    private static boolean isPlainComment(String line, int i) {
        return line.startsWith("/*", i)
                && !line.startsWith("/*!", i)
                && !line.startsWith("/*M!", i);
    }
}
