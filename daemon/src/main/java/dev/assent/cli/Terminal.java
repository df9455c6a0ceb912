package dev.assent.cli;

import dev.assent.manifest.Visible;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Where a command's words go, and what the process was started with.
///
/// @param interactive whether a person watches: lines may be drawn anew
record Terminal(
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        Map<String, String> environment,
        InstantSource clock) {

    // In Java 25 it is null again where no person sits there.
    @SuppressWarnings("SystemConsoleNull")
    static Terminal ofThisProcess() {
        var console = System.console();
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                console != null && console.isTerminal(),
                System.getenv(),
                InstantSource.system());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(it -> !it.isEmpty());
    }

    /// Whether colours help: a person watches, and has not said that they don't want any.
    boolean colourful() {
        return interactive
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals(Optional.of("dumb"));
    }

    /// Who sits here, as far as the system knows: behind `sudo`, the one who called it.
    Optional<String> user() {
        return variable("SUDO_USER").or(() -> Optional.ofNullable(System.getProperty("user.name")));
    }

    /// A text from elsewhere that can't move the cursor, change colours or the direction of
    /// reading.
    static String harmless(String text) {
        return Visible.lines(text);
    }
}
