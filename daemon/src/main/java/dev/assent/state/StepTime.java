package dev.assent.state;

import java.time.Duration;

/// How long a step of the past took.
///
/// @param what what it did, in the words of the journal
public record StepTime(String what, Duration time) {}
