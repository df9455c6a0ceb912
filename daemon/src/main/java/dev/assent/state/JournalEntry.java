package dev.assent.state;

import java.time.Instant;
import java.util.Locale;

/// One line of an apply's journal.
///
/// @param number rises over the whole journal; ask for what comes after one that was seen
/// @param step `c1.2`: the second step of change `c1`; empty for what is about the whole plan
/// @param message what the step does, or why it failed; never a secret
public record JournalEntry(long number, String step, Event event, String message, Instant at) {

    /// What the message begins with of the step that writes a change into the record.
    static final String RECORDED = "recorded: ";

    /// Whether it tells that a change is written into the record, and so has come about.
    public boolean isRecorded() {
        return event == Event.DONE && message.startsWith(RECORDED);
    }

    /// The id of the change that the step belongs to; empty for what is about the whole plan.
    public String change() {
        return step.replaceFirst("\\..*", "");
    }

    public enum Event {
        /// Written before the step touches anything.
        STARTED,
        /// A few words on what a long step is doing.
        PROGRESS,
        /// Written when the step is done for good; after a crash it is not done again.
        DONE,
        FAILED,
        /// It was started, and nobody knows how it ended.
        UNKNOWN,
        /// Somebody said what to make of a step of which nobody knew how it ended.
        DECIDED,
        /// The whole plan ended, well or not.
        ENDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Event of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
