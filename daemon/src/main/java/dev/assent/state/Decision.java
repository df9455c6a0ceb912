package dev.assent.state;

/// What came of asking the store to decide on a plan.
public sealed interface Decision {

    record Decided(StoredPlan plan) implements Decision {}

    /// A yes was taken down, and the plan waits for more.
    ///
    /// @param missing what is still missing, in a sentence
    record Noted(StoredPlan plan, String missing) implements Decision {}

    /// Nothing was changed.
    ///
    /// @param why a sentence that says what to do instead
    record Refused(String why) implements Decision {}
}
