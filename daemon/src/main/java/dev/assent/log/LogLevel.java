package dev.assent.log;

import ch.qos.logback.classic.Level;
import java.util.Locale;

/// How much is logged.
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    /// Everything, and what the libraries say as well.
    TRACE;

    Level ours() {
        return Level.toLevel(name());
    }

    Level libraries() {
        return this == TRACE ? Level.TRACE : Level.WARN;
    }

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
