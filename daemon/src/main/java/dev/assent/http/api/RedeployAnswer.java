package dev.assent.http.api;

import java.time.Instant;
import java.util.List;

/// What a redeploy put in force.
///
/// @param variables names only
public record RedeployAnswer(
        String application, String environment, List<String> variables, String who, Instant at) {}
