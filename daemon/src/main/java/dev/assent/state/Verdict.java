package dev.assent.state;

/// What somebody who may look at a plan, inside the transaction that decides on it, makes of it.
public sealed interface Verdict {

    record Approve(Assent assent) implements Verdict {}

    record Reject(String who, String channel, String reason) implements Verdict {}

    /// Neither yes nor no: nothing is written.
    ///
    /// @param why a sentence that says what to do instead
    record Refuse(String why) implements Verdict {}
}
