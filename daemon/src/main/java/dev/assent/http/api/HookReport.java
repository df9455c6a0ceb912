package dev.assent.http.api;

import dev.assent.state.HookRun;
import java.util.List;

/// How the hook of a redeploy ran.
///
/// @param command program and arguments
/// @param ended in words: `ended with code 3`
/// @param output the last of what it printed, at most 64 KiB, without the application's secrets
public record HookReport(List<String> command, boolean succeeded, String ended, String output) {

    public static HookReport of(HookRun run) {
        return new HookReport(run.command(), run.succeeded(), run.ended(), run.output());
    }
}
