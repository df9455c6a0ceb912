package dev.assent.manifest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What nobody is told of a file: the values of keys that name a secret. They are looked for in the
/// lines themselves, since a file that is no YAML holds them too; rather too much is hidden than
/// too little.
final class Secrets {

    private static final String HIDDEN = "…";

    private static final String NAME =
            "(?:password|passwd|passphrase|(?<![a-z])(?:pass|pwd)(?![a-z])|secret|token|credential"
                    + "|(?:api|private|access)[_-]?key)";

    private static final Pattern NAMED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

    private static final Pattern KEY =
            Pattern.compile(
                    NAME + "[\\w.-]{0,40}['\"]?" + "[ \\t]{0,20}(?:[:=]|(?<=[ \\t]))[ \\t]{0,20}",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_ADDRESS =
            Pattern.compile("(?<=://)[^\\s/:@]{0,200}:[^\\s/@]{1,200}@");

    /// Over HTTP whoever signs in with one word alone signs in with a token.
    private static final Pattern TOKEN_IN_ADDRESS =
            Pattern.compile("(?i)(?:(?<=https://)|(?<=http://))[^\\s/:@]{1,200}@");

    /// Whoever knows where a hook is posted to can post there.
    private static final Pattern IN_HOOK =
            Pattern.compile("(?<=://)([^\\s'\"]{0,200}?hooks?[./])[^\\s'\"]{1,500}");

    private static final Pattern ENTRY = Pattern.compile("^[ -]*[\\w.'\"-]+:(?: .*|$)");
    private static final int SHORT = 4;
    private static final int LONG = 30;

    /// A key that names a file, behind which stands something that looks like one.
    private static final Pattern FILE =
            Pattern.compile(
                    "(?i)file['\"]?[ \\t]*[:=][ \\t]*['\"]?(?:[.]{0,2}/|[\\w-]+[.][a-z]{2,10}\\b(?!\\.)).*");

    private final Set<String> values = new LinkedHashSet<>();
    private final String[] lines;
    private final String before;

    /// Whether the line before began a secret that goes on beneath it, and how deep its key stands.
    private int open = Integer.MAX_VALUE;

    private boolean openForAll;

    Secrets(List<String> lines) {
        this("", lines);
    }

    /// @param before what the first line is to be read behind: the name of what it is the value of
    Secrets(String before, List<String> lines) {
        this.before = before;
        this.lines = lines.toArray(String[]::new);
        this.lines[0] = before + lines.getFirst();
        for (var i = 0; i < this.lines.length; i++) {
            this.lines[i] = withoutSecrets(this.lines[i]);
        }
    }

    /// Whether a key of this name, or of this path, holds a secret.
    static boolean isNamedBy(String name) {
        return NAMED.matcher(name).find();
    }

    /// Whether a text holds a password as addresses do: `mysql://user:password@host`.
    static boolean standInAddress(String text) {
        return IN_ADDRESS.matcher(text).find();
    }

    /// A line of the file by its number, without secrets.
    String line(int number) {
        var line = in(lines[number - 1]);
        return number == 1 ? line.substring(before.length()) : line;
    }

    /// A sentence that quotes the file, without secrets.
    String in(String sentence) {
        var safe = withoutSignIn(sentence);
        for (var value : values) {
            if (value.length() < SHORT) {
                safe = safe.replace("`" + value + "`", "`" + HIDDEN + "`");
            } else if (value.length() <= LONG) {
                safe = safe.replace(value, HIDDEN);
            } else if (safe.contains(value.substring(0, LONG))) {
                var from = safe.indexOf(value.substring(0, LONG));
                var to = safe.indexOf('`', from);
                safe = safe.substring(0, from) + HIDDEN + (to < 0 ? "" : safe.substring(to));
            }
        }
        return safe;
    }

    /// Whether lines of the file, mended, would tell a secret.
    boolean standIn(List<String> mended) {
        return mended.stream().anyMatch(it -> !in(it).equals(it) || KEY.matcher(it).find());
    }

    private String withoutSecrets(String line) {
        var depth = Indentation.depth(line);
        if (depth > open && (openForAll || !ENTRY.matcher(line).matches())) {
            remember(line.strip());
            return line.isBlank() ? line : line.substring(0, depth) + HIDDEN;
        }
        if (!line.isBlank()) open = Integer.MAX_VALUE;
        return masked(withoutSignIn(line), depth);
    }

    private static String withoutSignIn(String text) {
        var withoutPassword = IN_ADDRESS.matcher(text).replaceAll(HIDDEN + "@");
        var withoutToken = TOKEN_IN_ADDRESS.matcher(withoutPassword).replaceAll(HIDDEN + "@");
        return IN_HOOK.matcher(withoutToken).replaceAll("$1" + HIDDEN);
    }

    private String masked(String line, int depth) {
        var key = KEY.matcher(line);
        var safe = new StringBuilder();
        var done = 0;
        while (done < line.length() && key.find(done)) {
            var from = key.end();
            var to = end(line, from);
            if (namesFile(line, key.start(), from, to)) {
                safe.append(line, done, to);
                done = Math.max(to, from);
                continue;
            }
            safe.append(line, done, from);
            if (to > from) safe.append(HIDDEN);
            remember(line.substring(from, to));
            done = Math.max(to, from);
            open = depth;
            openForAll = to == from || "|>\"'".indexOf(line.charAt(from)) >= 0;
            if (to == from) break;
        }
        return safe.append(line, done, line.length()).toString();
    }

    /// A path tells no secret; a secret that stands where a path should does.
    private static boolean namesFile(String line, int key, int from, int to) {
        return FILE.matcher(line.substring(Math.max(key, from - 20), to)).find();
    }

    /// Where the value that begins at an offset ends.
    private static int end(String line, int from) {
        if (from >= line.length()) return from;
        var first = line.charAt(from);
        if (first == '"' || first == '\'') {
            var quote = line.indexOf(first, from + 1);
            return quote < 0 ? line.length() : quote + 1;
        }
        if (first == '[' || first == '{') {
            return Math.max(line.lastIndexOf(first == '[' ? ']' : '}') + 1, from + 1);
        }
        var before = line.substring(0, from);
        if (before.indexOf('{') >= 0 || before.indexOf('[') >= 0) {
            return IntStream.range(from, line.length())
                    .filter(it -> ",}]".indexOf(line.charAt(it)) >= 0)
                    .findFirst()
                    .orElse(line.length());
        }
        return line.length();
    }

    private void remember(String written) {
        var comment = written.indexOf(" #");
        var value = (comment < 0 ? written : written.substring(0, comment)).strip();
        value = value.replaceAll("^[\"'*&!@`|>]+|[\"']+$", "").replaceAll("\\s+", " ");
        if (!value.isEmpty()) values.add(value);
    }
}
