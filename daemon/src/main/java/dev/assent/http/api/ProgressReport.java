package dev.assent.http.api;

import dev.assent.state.JournalEntry;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far the apply of a plan has come.
///
/// @param reason why it ended as it did
/// @param entries the lines of its journal after those that were seen, in order
public record ProgressReport(
        String plan, String state, Optional<String> reason, List<Entry> entries) {

    /// One line of the journal.
    ///
    /// @param number ask for what comes after the greatest one that was seen
    /// @param step `c1.2`: the second step of change `c1`; empty for what is about the whole plan
    /// @param event `started`, `progress`, `done`, `failed`, `unknown`, `decided`, `ended`
    public record Entry(long number, String step, String event, String message, Instant at) {}

    public static ProgressReport of(StoredPlan stored, List<JournalEntry> entries) {
        return new ProgressReport(
                stored.id(),
                stored.state().word(),
                stored.reason(),
                entries.stream()
                        .map(it ->
                                new Entry(
                                        it.number(),
                                        it.step(),
                                        it.event().word(),
                                        it.message(),
                                        it.at()))
                        .toList());
    }

    /// Whether nothing more comes unless somebody decides anew.
    public boolean over() {
        return isOver(PlanState.of(state));
    }

    /// Whether a plan in this state stays in it unless somebody decides anew.
    public static boolean isOver(PlanState state) {
        return switch (state) {
            case PROPOSED, APPROVED, APPLYING -> false;
            case NEEDS_DECISION, APPLIED, REJECTED, SUPERSEDED, EXPIRED, FAILED -> true;
        };
    }
}
