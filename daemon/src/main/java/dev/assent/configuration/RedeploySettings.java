package dev.assent.configuration;

import dev.assent.model.ApplicationName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a redeploy brings its variables to an application. `{app}` and `{environment}` stand for the
/// application's name in the file's path and in the command.
///
/// @param envFile an absolute path
/// @param command program and arguments, never read by a shell; none where it is empty
/// @param owner `user`, `user:group` or `:group`
public record RedeploySettings(
        Optional<String> envFile, List<String> command, Duration timeout, Optional<String> owner) {

    public RedeploySettings {
        command = List.copyOf(command);
    }

    /// Where this application's variables are written.
    public Optional<Path> envFile(ApplicationName application) {
        return envFile.map(it -> Path.of(named(it, application)));
    }

    /// What is run for this application.
    public List<String> command(ApplicationName application) {
        return command.stream().map(it -> named(it, application)).toList();
    }

    /// No name begins with a dot or holds a slash, so no path leads elsewhere.
    private static String named(String template, ApplicationName application) {
        return template.replace("{app}", application.app())
                .replace("{environment}", application.environment());
    }
}
