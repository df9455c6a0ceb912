package dev.assent.http;

import java.io.Serial;

/// The daemon said no. The message is its sentence, with what to do instead.
public final class RefusedException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
