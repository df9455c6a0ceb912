package dev.assent.state;

import java.io.Serial;

/// The record could not be read or written. The message says which file, what was tried and what to
/// do.
public class StateException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
