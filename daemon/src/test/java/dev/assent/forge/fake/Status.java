package dev.assent.forge.fake;

/// A commit's status as it stands at a forge.
///
/// @param state in the forge's own words
/// @param target empty where there is none
public record Status(long id, String context, String state, String description, String target) {}
