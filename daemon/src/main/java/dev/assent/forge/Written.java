package dev.assent.forge;

import java.time.Instant;

/// A comment of ours, as it was written.
///
/// @param id its id at the forge
/// @param at when, by the forge's own clock: what people write after that, they write knowing it
public record Written(String id, Instant at) {}
