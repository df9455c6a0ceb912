package dev.assent.http;

import java.io.Serial;

/// The daemon could not open its door. The message says what was tried and what to do.
public final class ListenException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    ListenException(String what, String remedy) {
        super(what + "; " + remedy);
    }

    ListenException(String what, String remedy, Throwable cause) {
        super(what + "; " + remedy, cause);
    }
}
