package dev.assent.approval;

import java.util.List;

/// Pieces of sentences.
final class Sentences {

    private Sentences() {}

    /// `a`, `a or b`, `a, b or c`.
    static String either(List<String> words) {
        if (words.size() < 2) return String.join("", words);
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }
}
