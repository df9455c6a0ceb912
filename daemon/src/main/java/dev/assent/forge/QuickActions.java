package dev.assent.forge;

import java.util.regex.Pattern;

/// GitLab carries out lines of a comment that begin with a slash (`/merge`, `/approve`), with the
/// rights of whoever writes it. What we write may quote what others wrote, and must do nothing.
final class QuickActions {

    /// Ours, of which GitLab knows nothing, may stand as they are.
    private static final Pattern ACTION = Pattern.compile("(?m)^(\\h*)/(?=\\p{L})(?!assent\\b)");

    private QuickActions() {}

    /// The same text, in which no line is carried out: the slash becomes a character reference,
    /// which reads the same outside of code.
    static String disarmed(String markdown) {
        return ACTION.matcher(markdown).replaceAll("$1&#47;");
    }
}
