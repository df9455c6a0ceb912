package dev.assent.cli;

import java.util.Locale;

/// What a command prints: for people, or for programs.
enum Format {
    TEXT,
    JSON;

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
