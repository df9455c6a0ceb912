package dev.assent.http.api;

import java.io.Serial;

/// A JSON text is not a record; the message says which field is wrong, and how.
public final class RecordMistake extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    RecordMistake(String message) {
        super(message, null, false, false);
    }
}
