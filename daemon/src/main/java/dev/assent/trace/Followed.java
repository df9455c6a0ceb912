package dev.assent.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A stage that has ended.
///
/// @param in the stage that it happened in
/// @param about what it was about, by the names that the log has
/// @param failure why it did not end well
/// @param because of what earlier stage it came about, if not in it
public record Followed(
        Stage stage,
        Place place,
        Optional<Place> in,
        Instant began,
        Instant ended,
        Map<String, String> about,
        Optional<String> failure,
        Optional<Place> because) {}
