package dev.assent.state;

import java.util.List;

/// How the hook of a redeploy ran.
///
/// @param ended in words: `ended with code 3`
/// @param output the last of what it printed, without the application's secrets
public record HookRun(List<String> command, boolean succeeded, String ended, String output) {

    public HookRun {
        command = List.copyOf(command);
    }
}
