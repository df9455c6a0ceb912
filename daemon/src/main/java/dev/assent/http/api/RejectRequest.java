package dev.assent.http.api;

import java.util.Optional;

/// A no to a plan.
public record RejectRequest(Optional<String> reason) {}
