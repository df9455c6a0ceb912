package dev.assent.state;

import java.util.Locale;

/// Where a plan stands: `proposed → approved → applying → applied`, or one of the other ends.
public enum PlanState {
    PROPOSED,
    APPROVED,
    APPLYING,
    /// It stands still in the middle: what became of one of its steps nobody but a person can tell.
    /// Its application stays busy.
    NEEDS_DECISION,
    APPLIED,
    REJECTED,
    SUPERSEDED,
    EXPIRED,
    /// A step failed; what is done is recorded, and the plan can be resumed.
    FAILED;

    /// The word in SQL, JSON and on pages.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static PlanState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
