package dev.assent.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Colons that are missing, and spaces that are missing behind them.
final class Colons {

    private static final Pattern CONFLICT = Pattern.compile("(?:<{7}|={7}|>{7})(?: .*)?");
    private static final Pattern WORD = Pattern.compile("[ -]*+([\\w.-]{1,100}+)");

    /// What can stand behind a colon as it is.
    private static final Pattern VALUE =
            Pattern.compile("(?:[\\p{L}\\p{N}./~<][^:'\"]*|\"[^\"\\\\]*\"|'[^']*')(?: +#.*)?");

    private Colons() {}

    /// Whether a line has a key with a colon.
    static boolean standIn(String line) {
        return line.contains(": ") || line.stripTrailing().endsWith(":") || line.contains(":\t");
    }

    /// A line that lacks a colon, or a space behind it.
    static SyntaxMistake mistake(int line, Source source) {
        var spot = new Spot(source.content(line), Pointer.ROOT);
        var text = source.lineRead(line).stripTrailing();
        if (CONFLICT.matcher(text).matches()) {
            return SyntaxMistake.of(
                    Code.NOT_YAML,
                    spot,
                    "a merge in Git was left unfinished here",
                    "decide for one side, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
        }
        var word = WORD.matcher(text);
        if (text.strip().startsWith("-") && !text.strip().startsWith("- ")) {
            return SyntaxMistake.of(
                            Code.NOT_YAML,
                            spot,
                            "a space is missing behind the dash here",
                            "put a space behind the dash, and a `:` behind a key")
                    .mendedBy(() -> List.of(Mend.of(line, text + ":").hidden()));
        }
        if (!word.lookingAt()) {
            return SyntaxMistake.of(
                            Code.NOT_YAML,
                            spot,
                            "a key without `:` stands here",
                            "put a `:` after it")
                    .mendedBy(() -> List.of(Mend.of(line, text + ":").hidden()));
        }
        var key = text.substring(0, word.end());
        var rest = text.substring(word.end());
        return rest.startsWith(":")
                ? SyntaxMistake.of(
                                Code.COLON_WITHOUT_SPACE,
                                spot,
                                noSpace(word.group(1)),
                                "put a space behind the `:`")
                        .mendedBy(() -> mends(line, key, rest.substring(1)))
                : SyntaxMistake.of(
                                Code.NOT_YAML,
                                spot,
                                noColon(word.group(1)),
                                "put a `:` behind the key")
                        .mendedBy(() -> mends(line, key, rest));
    }

    /// The line with a colon and a space, shown where what stands behind can be a value.
    private static List<Mend> mends(int line, String key, String rest) {
        if (rest.isBlank()) return List.of(Mend.of(line, key + ":"));
        var mend = Mend.of(line, key + ": " + blank(rest));
        return List.of(VALUE.matcher(blank(rest)).matches() ? mend : mend.hidden());
    }

    /// A text that ought to be a key and its value: `version:8.0`, `version 8.0`.
    ///
    /// @param sentence what is said of it
    /// @param better what to write; empty where nobody can know
    record Repair(String sentence, Optional<String> better) {}

    /// What is to be done about a text; empty where it begins with no key that we know.
    static Optional<Repair> repair(String written) {
        var word = WORD.matcher(written);
        if (!word.lookingAt() || word.end() == written.length()) return Optional.empty();
        var key = word.group(1);
        var rest = written.substring(word.end());
        if (!SchemaFile.MANIFEST.knows(key) || rest.startsWith("://")) return Optional.empty();
        if (rest.startsWith(":") && rest.length() > 1 && rest.charAt(1) != ' ') {
            return Optional.of(new Repair(noSpace(key), entry(key, rest.substring(1))));
        }
        return Character.isWhitespace(rest.charAt(0)) && !rest.contains(":")
                ? Optional.of(new Repair(noColon(key), entry(key, rest)))
                : Optional.empty();
    }

    private static Optional<String> entry(String key, String rest) {
        return Optional.of(blank(rest))
                .filter(it -> VALUE.matcher(it).matches())
                .map(it -> key + ": " + it);
    }

    private static String blank(String text) {
        return text.replaceFirst("^[\\s\\p{Z}]++", "");
    }

    private static String noSpace(String key) {
        return "a space is missing behind the `:` of %s".formatted(Words.quoted(key));
    }

    private static String noColon(String key) {
        return "a `:` is missing behind %s".formatted(Words.quoted(key));
    }
}
