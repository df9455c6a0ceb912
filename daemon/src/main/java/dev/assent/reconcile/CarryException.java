package dev.assent.reconcile;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/// A letter was not taken. The message says why, and holds no secret.
public final class CarryException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final boolean passing;
    private final boolean uncertain;
    private final long pauseSeconds;

    /// @param passing whether it may be taken later
    /// @param pause when the other side says so: how long to wait
    /// @param uncertain whether it may have arrived all the same
    public CarryException(
            String message, boolean passing, Optional<Duration> pause, boolean uncertain) {
        super(message);
        this.passing = passing;
        this.uncertain = uncertain;
        this.pauseSeconds = pause.map(Duration::toSeconds).orElse(-1L);
    }

    /// It can't be taken, today or later.
    public static CarryException forEver(String message) {
        return new CarryException(message, false, Optional.empty(), false);
    }

    /// It did not arrive, and may be taken later.
    public static CarryException passing(String message) {
        return new CarryException(message, true, Optional.empty(), false);
    }

    /// It may have arrived or not.
    public static CarryException uncertain(String message) {
        return new CarryException(message, true, Optional.empty(), true);
    }

    public boolean isPassing() {
        return passing;
    }

    public boolean isUncertain() {
        return uncertain;
    }

    public Optional<Duration> pause() {
        return pauseSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(pauseSeconds));
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
