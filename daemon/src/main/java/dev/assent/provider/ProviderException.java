package dev.assent.provider;

import dev.assent.model.ServerKey;
import java.io.Serial;

/// A provider could not do what it was asked to. The message says what was tried on which server,
/// why it failed and what to do, and never contains a secret.
public class ProviderException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    public ProviderException(String message) {
        super(message);
    }

    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }

    public ProviderException(ServerKey server, String tried, Throwable cause) {
        super(server + ": could not " + tried + ": " + cause.getMessage(), cause);
    }
}
