package dev.assent.reconcile;

import dev.assent.state.HookRun;
import dev.assent.state.InForce;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What came of a redeploy.
public sealed interface Redeployment {

    /// The pending variables are in force.
    record Done(InForce inForce, Optional<Path> envFile, Optional<HookRun> hook)
            implements Redeployment {}

    /// The variables in force are those of before.
    ///
    /// @param why a sentence that says what became of the file too
    record Failed(
            Optional<InForce> inForce,
            String why,
            Instant at,
            Optional<Path> envFile,
            Optional<HookRun> hook)
            implements Redeployment {}

    /// Nothing was tried.
    record Refused(String why) implements Redeployment {}
}
