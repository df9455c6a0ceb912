package dev.assent.http.api;

/// The step for which a plan stands still.
///
/// @param step its id: `c1.2`
/// @param what what it was to do
/// @param evidence what can be seen of it now
public record DoubtAnswer(String plan, String step, String what, String evidence) {}
