package dev.assent.forge.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which of a comment's HTML elements are open. Markdown goes on inside of an element after an
/// empty line: what is said between `<details>` and `</details>` is folded away.
final class OpenTags {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(-->|$)");
    private static final Set<String> WITHOUT_END =
            Set.of("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr");

    private final Deque<String> open = new ArrayDeque<>();

    void read(String html) {
        for (var tag : TAG.matcher(COMMENT.matcher(html).replaceAll("")).results().toList()) {
            var name = tag.group(2).toLowerCase(Locale.ROOT);
            if (WITHOUT_END.contains(name)) continue;
            if (tag.group(1).isEmpty()) {
                open.push(name);
            } else {
                open.removeFirstOccurrence(name);
            }
        }
    }

    boolean isInside() {
        return !open.isEmpty();
    }
}
