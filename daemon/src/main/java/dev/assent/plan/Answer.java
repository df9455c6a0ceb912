package dev.assent.plan;

/// What a request comes to.
public sealed interface Answer {

    /// A plan that does what was asked for.
    record Planned(Plan plan) implements Answer {}

    /// It cannot be done, or not so.
    ///
    /// @param why a sentence that says what to do instead
    record Refused(String why) implements Answer {}
}
