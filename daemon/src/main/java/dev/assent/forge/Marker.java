package dev.assent.forge;

import java.util.function.Supplier;

/// The hidden line by which a comment of ours is known again. People quote comments: in a quotation
/// the line begins with `>` and does not count.
final class Marker {

    static final String BEGINNING = "<!-- assent:";

    private Marker() {}

    /// Whether a comment is ours. Whoever's token we use may write commands, and anybody may write
    /// our marker: only both together make it so.
    ///
    /// @param me asks for the login that comes with our token, where it matters
    static boolean isOurs(Comment comment, Supplier<String> me) {
        return isOn(comment.text()) && comment.author().equalsIgnoreCase(me.get());
    }

    private static boolean isOn(String text) {
        return text.lines().anyMatch(it -> it.startsWith(BEGINNING));
    }
}
