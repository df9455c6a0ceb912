package dev.assent.state;

import java.time.Instant;

/// A step of a plan that was touched, and where it stands.
///
/// @param step its id in the plan: `c1.2`
/// @param what what it does
/// @param detail the last word on it: what came of it, or why it failed
/// @param since when that was said
public record StepStanding(
        String step, StepState state, String what, String detail, Instant since) {}
