package dev.assent.plan.render;

import dev.assent.manifest.Visible;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts text from elsewhere into Markdown so that it stays text: it links to nothing, mentions
/// nobody, closes no issue and holds no HTML, on no code host. Escaping is not enough for that:
/// what `@somebody` and `#1` become is decided after Markdown has been read. Only code is left
/// alone by all of them, so whatever is more than a plain word becomes code.
public final class Inert {

    /// More of one text than that helps nobody.
    private static final int LONGEST = 300;

    /// A word or a number with the marks of a sentence: nothing in it means anything to Markdown,
    /// at a line's beginning neither, nor is it the id of a commit.
    private static final Pattern PLAIN =
            Pattern.compile(
                    "\\(?(?![a-f]{7})([A-Za-z]{1,30}|[a-z]{1,30}-[a-z]{1,30})\\)?[,;:.]?"
                            + "|\\(?[0-9]{1,6}[,;]?|c[0-9]{1,4}");

    /// What ends a part of a sentence and does not belong to the code before it.
    private static final Pattern MARK = Pattern.compile("(?<=[^,;:.])[,;:.]$");

    private static final Pattern TICKS = Pattern.compile("`+");

    private Inert() {}

    /// One line of plain words, and of code for all that is more.
    public static String prose(String text) {
        var out = new StringBuilder();
        var code = new StringBuilder();
        for (var word : shortened(Visible.of(text)).split(" ", -1)) {
            if (PLAIN.matcher(word).matches()) {
                flush(code, out);
                gap(out).append(word);
            } else if (!word.isEmpty()) {
                gap(code).append(word);
            }
        }
        flush(code, out);
        return out.toString();
    }

    private static void flush(StringBuilder code, StringBuilder out) {
        if (code.isEmpty()) return;
        var text = code.toString();
        var mark = MARK.matcher(text);
        var end = mark.find() ? mark.group() : "";
        gap(out).append(code(text.substring(0, text.length() - end.length()))).append(end);
        code.setLength(0);
    }

    private static StringBuilder gap(StringBuilder out) {
        return out.isEmpty() ? out : out.append(' ');
    }

    /// One line of code: fenced by more ticks than stand together in it. Where a row of a table is
    /// cut into cells is decided before code is found, and not everywhere alike.
    public static String code(String text) {
        var shown = shortened(Visible.of(text)).replace("|", "<U+7C>").strip();
        if (shown.isEmpty()) return "`(empty)`";
        var fence = "`".repeat(longestTicks(shown) + 1);
        var gap = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
        return fence + gap + shown + gap + fence;
    }

    /// Lines of code in a block of their own.
    ///
    /// @param language what a code host colours it as
    public static String block(String language, List<String> lines) {
        var shown = lines.stream().map(Visible::of).toList();
        var ticks = shown.stream().mapToInt(Inert::longestTicks).max().orElse(0);
        var fence = "`".repeat(Math.max(3, ticks + 1));
        return shown.stream()
                .collect(Collectors.joining("\n", fence + language + "\n", "\n" + fence + "\n"));
    }

    /// A few words inside HTML, where there is no code to hide in: letters, digits and what joins
    /// them.
    static String label(String text) {
        return shortened(text).replaceAll("[^\\p{L}\\p{N} ./_-]", "·");
    }

    private static int longestTicks(String text) {
        return TICKS.matcher(text).results().mapToInt(it -> it.group().length()).max().orElse(0);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
