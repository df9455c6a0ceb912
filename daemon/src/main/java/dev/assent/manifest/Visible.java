package dev.assent.manifest;

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
    static String columns(String line) {
        return shown(line, it -> it == '\t' ? "→" : "·");
    }

    private static String named(int codePoint) {
        return "<U+%X>".formatted(codePoint);
    }

    private static String shown(String text, IntFunction<String> hidden) {
        return text.codePoints()
                .mapToObj(it -> isHidden(it) ? hidden.apply(it) : Character.toString(it))
                .collect(Collectors.joining());
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
