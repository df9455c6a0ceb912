package dev.assent.manifest;

import java.lang.Character.UnicodeScript;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Makes text from elsewhere safe to show: what would move a terminal's cursor, change its colours
/// or the direction of reading becomes visible.
public final class Visible {

    private Visible() {}

    /// For one line: everything hidden as `<U+1B>`, line feeds too.
    public static String of(String text) {
        return shown(text, Visible::named);
    }

    /// For several lines: line feeds and tabs stay what they are.
    public static String lines(String text) {
        return shown(text, it -> it == '\n' || it == '\t' ? Character.toString(it) : named(it));
    }

    /// For a line of a file with a caret below: a tab as an arrow, everything else that is hidden
    /// as a dot, so that all stays in its column.
    public static String columns(String line) {
        return shown(line, it -> it == '\t' ? "→" : "·");
    }

    /// How many columns a terminal gives to a line: two for a wide East Asian character or an
    /// emoji, none for an accent that joins the character before it.
    public static int width(String line) {
        if (isPlain(line)) return line.length();
        return line.codePoints().map(Visible::width).sum();
    }

    static int width(int codePoint) {
        if (codePoint < 0x300) return 1;
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        if (codePoint >= 0xff61 && codePoint <= 0xffdc) return false; // the half-width forms
        if (Character.isEmojiPresentation(codePoint)) return true;
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            // Signs of several scripts, and the full-width forms.
            default -> within(codePoint, 0x3000, 0x30ff) || within(codePoint, 0xff01, 0xff60);
        };
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }

    private static String named(int codePoint) {
        return "<U+%X>".formatted(codePoint);
    }

    private static String shown(String text, IntFunction<String> hidden) {
        if (isPlain(text)) return text;
        return text.codePoints()
                .mapToObj(it -> isHidden(it) ? hidden.apply(it) : Character.toString(it))
                .collect(Collectors.joining());
    }

    /// Most texts are letters, digits and signs of ASCII, in which nothing is hidden.
    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter < ' ' || letter > '~') return false;
        }
        return true;
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }
}
