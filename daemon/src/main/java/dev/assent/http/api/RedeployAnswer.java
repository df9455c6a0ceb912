package dev.assent.http.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What came of a redeploy.
///
/// @param outcome `done`, or `failed`: then what was in force before still is
/// @param problem why it failed, in a sentence
/// @param variables what is in force now; names only
/// @param who who asked for it
/// @param envFile the file that the variables are written to, where one is configured
/// @param hook how the hook ran, where one is configured and was reached
public record RedeployAnswer(
        String application,
        String environment,
        String outcome,
        Optional<String> problem,
        List<String> variables,
        String who,
        Instant at,
        Optional<String> envFile,
        Optional<HookReport> hook) {

    public static final String DONE = "done";
    public static final String FAILED = "failed";

    /// Whether the pending variables came into force.
    public boolean done() {
        return outcome.equals(DONE);
    }
}
