package dev.assent.forge;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/// A forge did not do what it was asked. The message says which, what was tried and what to do; it
/// never contains a token.
public class ForgeException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final boolean passing;
    private final transient Optional<Duration> pause;

    /// @param passing whether the same question may be answered later: an outage, a rate limit
    /// @param pause how long the forge wants to be left alone, where it says so
    public ForgeException(String message, boolean passing, Optional<Duration> pause) {
        super(message);
        this.passing = passing;
        this.pause = pause;
    }

    public boolean passing() {
        return passing;
    }

    public Optional<Duration> pause() {
        return pause;
    }
}
