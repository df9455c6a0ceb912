package dev.assent.observation;

import java.time.Duration;

/// How long something takes.
public final class Stopwatch {

    private final long began = System.nanoTime();

    private Stopwatch() {}

    /// One that runs.
    public static Stopwatch start() {
        return new Stopwatch();
    }

    /// The time since it was started.
    public Duration time() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
