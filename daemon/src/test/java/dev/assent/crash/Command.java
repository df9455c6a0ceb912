package dev.assent.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program that is run to its end.
final class Command {

    private Command() {}

    /// Runs it.
    ///
    /// @return what it said
    /// @throws IllegalStateException if it did not end well, with what it said
    static String run(String... words) {
        return run(List.of(words));
    }

    static String run(List<String> words) {
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var code = process.waitFor();
            if (code == 0) return said;
            throw new IllegalStateException(
                    "`%s` ended with %d: %s".formatted(String.join(" ", words), code, said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
