package dev.assent.provider;

import java.io.Serial;

/// Where a server was to be built stands another one, that somebody else has built. It was left
/// alone: only a person can say whose it is.
public final class OccupiedException extends ProviderException {

    @Serial private static final long serialVersionUID = 1;

    public OccupiedException(String message) {
        super(message);
    }
}
