package dev.assent.cli;

import java.util.Locale;

/// How a plan is printed.
enum PlanFormat {
    TEXT,
    JSON,
    /// For pull requests.
    MARKDOWN;

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
