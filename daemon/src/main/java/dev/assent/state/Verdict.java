package dev.assent.state;

import java.time.Instant;
import java.util.Optional;

/// What somebody who may look at a plan, inside the transaction that decides on it, makes of it.
public sealed interface Verdict {

    /// A yes.
    ///
    /// @param notBefore when the plan may start; empty: at once
    record Approve(Assent assent, Optional<Instant> notBefore) implements Verdict {}

    record Reject(String who, String channel, String reason) implements Verdict {}

    /// Neither yes nor no: nothing is written.
    ///
    /// @param why a sentence that says what to do instead
    record Refuse(String why) implements Verdict {}
}
