package dev.assent.cli;

import dev.assent.manifest.Look;
import dev.assent.manifest.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Where a command's words come from and go, and what the process was started with.
///
/// @param interactive whether a person watches: lines may be drawn anew
/// @param errSeen whether a person sees what goes to `err`, which can be led elsewhere
record Terminal(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        boolean errSeen,
        Map<String, String> environment,
        InstantSource clock) {

    private static final Path ERR = Path.of("/proc/self/fd/2");
    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/|tty|console).*");
    private static final int NARROWEST = 60;
    private static final int WIDEST = 160;

    // In Java 25 it is null again where no person sits there.
    @SuppressWarnings("SystemConsoleNull")
    static Terminal ofThisProcess() {
        var console = System.console();
        var interactive = console != null && console.isTerminal();
        return new Terminal(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                interactive,
                leadsToTerminal(ERR, interactive),
                System.getenv(),
                InstantSource.system());
    }

    /// Whether a descriptor leads to a terminal; where the system does not say, what is thought
    /// otherwise. Of Java's own means none asks about `err`.
    static boolean leadsToTerminal(Path descriptor, boolean otherwise) {
        try {
            return DEVICE.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
        } catch (IOException _) {
            return otherwise;
        }
    }

    /// The same terminal, as what goes to `err` finds it.
    Terminal besides() {
        return new Terminal(in, out, err, errSeen, errSeen, environment, clock);
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

    /// How texts are shown here.
    Look look(boolean colour) {
        return interactive ? new Look(colour, OptionalInt.of(width())) : Look.PLAIN;
    }

    /// COLUMNS has the last word; nobody reads lines that are very short or very long.
    private int width() {
        return Math.clamp(
                variable("COLUMNS")
                        .filter(it -> it.matches("[1-9][0-9]{0,4}"))
                        .map(Integer::valueOf)
                        .orElseGet(() -> new UsageMessageSpec().autoWidth(true).width()),
                NARROWEST,
                WIDEST);
    }

    /// Says something on the side, in the program's own name.
    void remark(String sentence) {
        err.println("assent: " + harmless(sentence));
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
