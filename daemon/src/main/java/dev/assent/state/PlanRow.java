package dev.assent.state;

import dev.assent.model.ApplicationName;

/// A stored plan with what only the store needs to know of it.
///
/// @param seenCommit the last commit that asked for exactly this plan
/// @param leftSerial the record's serial as this plan left it; its base serial before it starts
/// @param proposal how often it was proposed
/// @param attempt how often it was started or resumed
/// @param wasApproved whether enough people said yes to it, whatever became of it since
record PlanRow(
        StoredPlan stored,
        String seenCommit,
        long leftSerial,
        long proposal,
        long attempt,
        boolean wasApproved) {

    ApplicationName application() {
        return stored.plan().application();
    }

    PlanState state() {
        return stored.state();
    }
}
