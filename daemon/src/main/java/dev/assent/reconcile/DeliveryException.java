package dev.assent.reconcile;

import java.io.Serial;

/// Variables could not be brought to an application. The message is a sentence that says what to
/// do, and holds no value.
final class DeliveryException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    DeliveryException(String message, Throwable cause) {
        super(message, cause);
    }

    DeliveryException(String message) {
        super(message);
    }
}
