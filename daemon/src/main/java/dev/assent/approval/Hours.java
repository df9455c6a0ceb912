package dev.assent.approval;

import java.time.Instant;
import java.util.Optional;

/// When an apply may begin, and when not. One that has begun is carried through.
public sealed interface Hours permits Window, Freeze {

    /// The first moment from another one on at which an apply may begin: that very moment, where it
    /// may. Empty: there is none any more.
    Optional<Instant> from(Instant moment);

    /// Why it may not begin at a moment at which it may not, as the end of a sentence.
    String closed();
}
