package dev.assent.http;

import java.io.Serial;

/// No daemon answered, or none that could be understood. The message says what was tried and what
/// to do.
public final class UnreachableException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final boolean passing;

    /// Made by the exchange that failed.
    ///
    /// @param passing whether asking again a little later may help, as while the daemon restarts
    UnreachableException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    public boolean isPassing() {
        return passing;
    }
}
