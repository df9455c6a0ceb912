package dev.assent.state;

import java.util.Optional;

/// What came of deciding on a plan that begins by itself once it is approved.
///
/// @param start what came of starting it; empty where it was not to be started
public record Begun(Decision decision, Optional<Start> start) {}
