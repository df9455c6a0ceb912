package dev.assent.state;

/// What came of asking the store to decide on a plan.
public sealed interface Decision {

    record Decided(StoredPlan plan) implements Decision {}

    /// Nothing was changed.
    ///
    /// @param why a sentence that says what to do instead
    record Refused(String why) implements Decision {}
}
