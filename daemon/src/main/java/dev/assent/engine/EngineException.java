package dev.assent.engine;

import java.io.Serial;
import java.util.Objects;

/// A server did not do what its adapter asked. The message says what was asked and what came back,
/// and never contains a secret.
public class EngineException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Every one has a message.
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
