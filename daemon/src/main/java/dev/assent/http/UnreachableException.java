package dev.assent.http;

import java.io.Serial;

/// No daemon answered, or none that could be understood. The message says what was tried and what
/// to do.
public final class UnreachableException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
