package dev.assent.model;

import java.util.regex.Pattern;

/// Which applications are meant: `shop/production`; `*` stands for any part of a name.
public record ApplicationPattern(String text) {

    /// Whether a text can mean applications: it has one `/`.
    public static boolean isOne(String text) {
        return text.chars().filter(it -> it == '/').count() == 1;
    }

    /// Whether it means every application there can be.
    public boolean isAll() {
        return text.equals("*/*");
    }

    public boolean matches(ApplicationName application) {
        return matches(application.toString());
    }

    /// Whether it means every application that another pattern means: what stands for anything
    /// there has to fall to something that stands for anything here.
    public boolean covers(ApplicationPattern other) {
        return matches(other.text);
    }

    private boolean matches(String words) {
        var regex =
                Pattern.compile("\\*")
                        .splitAsStream(text + " ")
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + "[^/]*" + b)
                        .orElse("");
        return Pattern.matches(regex, words + " ");
    }

    @Override
    public String toString() {
        return text;
    }
}
