package dev.assent.state;

import dev.assent.state.JournalEntry.Event;
import java.util.Locale;

/// Where a step of a plan stands, as the journal tells.
public enum StepState {
    /// Nothing of it was touched, or somebody said that it is to be done again.
    NOT_STARTED,
    /// The attempt that is applying the plan is at it.
    STARTED,
    DONE,
    FAILED,
    /// It was started by an attempt that is no more, and nobody knows how it ended.
    UNKNOWN;

    /// The word in JSON and on pages: `not-started`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static StepState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// What the last word on a step comes to.
    ///
    /// @param running whether it was said by the attempt that is applying the plan now
    static StepState of(Event last, boolean running) {
        return switch (last) {
            case STARTED, PROGRESS -> running ? STARTED : UNKNOWN;
            case DONE -> DONE;
            case FAILED -> FAILED;
            case UNKNOWN -> UNKNOWN;
            case DECIDED, ENDED -> NOT_STARTED;
        };
    }
}
