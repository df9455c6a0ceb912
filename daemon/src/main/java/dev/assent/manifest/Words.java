package dev.assent.manifest;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Pieces of sentences.
final class Words {

    private static final int LONGEST = 60;

    private Words() {}

    /// `a`, `b` or `c`.
    static String oneOf(Collection<String> words) {
        return listed(words.stream().map(Words::quoted).toList(), "or");
    }

    /// a, b or c.
    static String listed(List<String> words, String last) {
        if (words.size() < 2) return String.join("", words);
        return words.subList(0, words.size() - 1).stream().collect(Collectors.joining(", "))
                + " "
                + last
                + " "
                + words.getLast();
    }

    /// A text from a file, made fit for a sentence: one line, not too long, in backquotes.
    static String quoted(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        var length = line.codePointCount(0, line.length());
        return "`"
                + (length > LONGEST
                        ? line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…"
                        : line)
                + "`";
    }
}
