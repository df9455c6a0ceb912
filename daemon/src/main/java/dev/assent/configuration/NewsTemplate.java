package dev.assent.configuration;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How something is told: words with placeholders, and nothing else that could be computed.
///
/// @param text `{application}: {plan} is applied`
public record NewsTemplate(String text) {

    /// What can be put in.
    public static final List<String> PLACEHOLDERS =
            List.of(
                    "application",
                    "app",
                    "environment",
                    "plan",
                    "event",
                    "summary",
                    "who",
                    "time",
                    "detail",
                    "url");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}\\s]*)}");

    /// The placeholders in the text, known or not.
    public List<String> used() {
        return PLACEHOLDER.matcher(text).results().map(it -> it.group(1)).toList();
    }

    /// Puts values in, in one go: a placeholder in a value stays what it is.
    public String filled(UnaryOperator<String> value) {
        return PLACEHOLDER.matcher(text).replaceAll(it -> literal(it, value));
    }

    private static String literal(MatchResult found, UnaryOperator<String> value) {
        return Matcher.quoteReplacement(value.apply(found.group(1)));
    }
}
