package dev.assent.reconcile.notification;

import java.util.regex.Pattern;

/// Puts text from elsewhere into a message for Slack, or for what takes the same, so that it stays
/// text: it mentions nobody, links to nothing and is not formatted.
final class SlackText {

    /// Nothing in it means anything to Slack, nor to those who read Markdown: no `@`, no `*`, no
    /// address.
    private static final Pattern PLAIN =
            Pattern.compile("(?:[\\p{L}\\p{N} ,;()=-]|\\.(?=\\s|$)|[:/](?!/))*+");

    private SlackText() {}

    static String inert(String value) {
        var escaped = escaped(value);
        // Code is left alone by all of them; a tick would end it.
        return PLAIN.matcher(value).matches() ? escaped : "`" + escaped.replace('`', '\'') + "`";
    }

    /// What Slack asks to be escaped, and nothing else: https://docs.slack.dev/messaging.
    static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
