package dev.assent.state;

import java.time.Instant;
import java.util.Optional;

/// What somebody who knows the rules says to a plan, inside the transaction that would start it.
public sealed interface Clearance {

    /// It may start now.
    record Clear() implements Clearance {}

    /// It may not start now.
    ///
    /// @param from when it may; empty: nobody knows of a time
    /// @param why a sentence
    record NotYet(Optional<Instant> from, String why) implements Clearance {}

    /// What was said to it does not suffice any more.
    ///
    /// @param missing what does, in a sentence
    record TooFew(String missing) implements Clearance {}
}
