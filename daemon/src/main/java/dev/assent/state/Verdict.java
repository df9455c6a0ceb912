package dev.assent.state;

import java.time.Instant;
import java.util.Optional;

/// What somebody who may look at a plan, inside the transaction that decides on it, makes of it.
public sealed interface Verdict {

    /// A yes with which enough people have said it: what it covers is approved.
    ///
    /// @param notBefore when the plan may start; empty: at once
    /// @param waitsFor why it may not start before then
    record Approve(Assent assent, Optional<Instant> notBefore, Optional<String> waitsFor)
            implements Verdict {

        /// A yes to a plan that waits for nothing but its time.
        public Approve(Assent assent, Optional<Instant> notBefore) {
            this(assent, notBefore, Optional.empty());
        }
    }

    /// A yes that counts, and does not suffice yet.
    ///
    /// @param missing what does, in a sentence
    record Note(Assent assent, String missing) implements Verdict {}

    record Reject(String who, String channel, String reason) implements Verdict {}

    /// Neither yes nor no: nothing is written.
    ///
    /// @param why a sentence that says what to do instead
    record Refuse(String why) implements Verdict {}
}
