package dev.assent.cli;

import java.util.regex.Pattern;

/// The language of manual pages: what stands in ours, written so that it is shown as it is.
final class ManText {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINE_WITH_A_DOT = Pattern.compile("(?m)^([.'])");

    private final StringBuilder out = new StringBuilder();

    /// A heading within a section.
    void heading(String words) {
        out.append(".SS \"").append(escaped(words)).append("\"\n");
    }

    /// A term, and what it means.
    void term(String marked, String meaning) {
        out.append(".TP\n").append(marked).append('\n').append(text(meaning)).append('\n');
    }

    /// What follows belongs to the term before.
    void in() {
        out.append(".RS\n");
    }

    void out() {
        out.append(".RE\n");
    }

    /// What is written as it stands: a command, an option, a key.
    static String bold(String words) {
        return "\\fB" + escaped(words) + "\\fP";
    }

    /// What somebody puts in.
    static String slanted(String words) {
        return "\\fI" + escaped(words) + "\\fP";
    }

    /// A text in which what stands between backquotes is written as it is.
    static String text(String words) {
        var bold = CODE.matcher(escaped(words.strip())).replaceAll("\\\\fB$1\\\\fP");
        return LINE_WITH_A_DOT.matcher(bold).replaceAll("\\\\&$1");
    }

    private static String escaped(String words) {
        var escaped = new StringBuilder();
        words.codePoints()
                .forEach(it -> {
                    switch (it) {
                        case '\\' -> escaped.append("\\e");
                        case '-' -> escaped.append("\\-");
                        default -> {
                            if (it < 128) escaped.appendCodePoint(it);
                            else escaped.append("\\[u%04X]".formatted(it));
                        }
                    }
                });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
