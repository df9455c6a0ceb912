package dev.assent.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Asks a program of the machine: never through a shell, and with nothing of our environment.
final class Program {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LC_ALL", "C");

    private Program() {}

    /// What it printed; empty where there is no such program, or it failed.
    static Optional<String> run(List<String> argv) {
        var builder = new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            try (var out = process.getInputStream()) {
                var printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
                        ? Optional.of(printed)
                        : Optional.empty();
            } finally {
                process.destroy();
            }
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
