package dev.assent.http.api;

import java.util.Optional;

/// What somebody makes of a step for which a plan stands still.
///
/// @param step its id: `c1.2`
/// @param as `adopt`, `retry` or `failed`
public record ResolveRequest(Optional<String> step, Optional<String> as) {}
