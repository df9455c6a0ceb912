package dev.assent.simulation;

import com.google.errorprone.annotations.FormatMethod;

/// Something is not as it has to be.
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    /// @param otherwise what is said where it does not hold
    @FormatMethod
    static void check(boolean holds, String otherwise, Object... of) {
        if (!holds) throw new Violation(otherwise.formatted(of));
    }

    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what, cause);
    }
}
