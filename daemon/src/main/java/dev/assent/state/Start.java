package dev.assent.state;

/// What came of asking the store to start a plan.
public sealed interface Start {

    record Started(Approval approval) implements Start {}

    /// Nothing was started.
    ///
    /// @param why a sentence that says what to do instead
    record Refused(String why) implements Start {}
}
