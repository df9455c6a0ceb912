package dev.assent.manifest;

/// A problem as a person reads it in a terminal: place, sentence, lines with a caret, way out.
public final class ProblemText {

    private ProblemText() {}

    /// Several lines, the last without line end; no colour.
    public static String of(Problem problem) {
        throw new UnsupportedOperationException();
    }
}
