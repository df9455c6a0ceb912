package dev.assent.source;

import java.io.Serial;

/// A repository could not be read. The message says which, what was tried and what to do; it never
/// contains a credential.
public class SourceException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
