package dev.assent.apply;

/// A step for which a plan stands still, since nobody but a person can tell what became of it.
///
/// @param step its id: `c1.2`
/// @param what what it was to do
/// @param evidence what can be seen of it now, as a sentence
public record Doubt(String step, String what, String evidence) {}
