package dev.assent.variables;

import dev.assent.model.ApplicationName;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Variables as a file that a systemd unit takes as `EnvironmentFile=` and a POSIX shell reads with
/// `. FILE`, both to the very same values.
///
/// Both know single quotes, in which nothing has a meaning, and double quotes, in which a backslash
/// takes the meaning of `"`, `$`, a backquote and itself. (Older versions of systemd give a
/// backslash a meaning between single quotes too, so that a value with one gets double quotes.)
/// Line breaks within quotes are what they are.
public final class EnvironmentFile {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@%+=-]+");
    private static final Pattern FOR_SINGLE_QUOTES = Pattern.compile("[^'\\\\]*", Pattern.DOTALL);
    private static final Pattern WITH_MEANING = Pattern.compile("([\"$`\\\\])");
    private static final String OURS = "# Written by Assent for ";

    private EnvironmentFile() {}

    /// The whole file; its first line says whose it is.
    public static String of(ApplicationName application, SortedMap<String, String> variables) {
        var text = new StringBuilder(firstLine(application)).append('\n');
        variables.forEach(
                (name, value) -> text.append(name).append('=').append(quoted(value)).append('\n'));
        return text.toString();
    }

    /// Whether Assent wrote a file, for whatever application.
    public static boolean isOurs(String text) {
        return text.startsWith(OURS);
    }

    /// Whether Assent wrote a file for this application.
    public static boolean isOf(ApplicationName application, String text) {
        return text.startsWith(firstLine(application) + "\n");
    }

    private static String firstLine(ApplicationName application) {
        return OURS + application + " at each redeploy; what is changed here is lost then.";
    }

    private static String quoted(String value) {
        if (PLAIN.matcher(value).matches()) return value;
        if (FOR_SINGLE_QUOTES.matcher(value).matches()) return "'" + value + "'";
        return "\"" + WITH_MEANING.matcher(value).replaceAll("\\\\$1") + "\"";
    }
}
