package dev.assent.plan.render;

import java.util.stream.Collectors;

/// Makes text from a manifest safe to show: what would move a terminal's cursor, change its colours
/// or the direction of reading becomes visible as `<U+1B>`.
final class Visible {

    private Visible() {}

    static String of(String text) {
        return text.codePoints()
                .mapToObj(it -> hidden(it) ? "<U+%X>".formatted(it) : Character.toString(it))
                .collect(Collectors.joining());
    }

    private static boolean hidden(int codePoint) {
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
