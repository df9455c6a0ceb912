package dev.assent.cli;

import java.io.Serial;

/// Ends a command with a sentence and an exit code.
final class Stop extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    /// The answer is no.
    static final int NO = 1;

    /// It could not be tried.
    static final int COULD_NOT_RUN = 2;

    private final int code;

    private Stop(int code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    static Stop no(String sentence) {
        return new Stop(NO, sentence);
    }

    static Stop couldNotRun(String sentence) {
        return new Stop(COULD_NOT_RUN, sentence);
    }

    int code() {
        return code;
    }
}
