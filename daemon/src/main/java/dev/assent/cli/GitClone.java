package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A person's clone of a repository, worked in by the person's own `git`, with their settings.
final class GitClone {

    private static final Path NOTHING = Path.of("/dev/null");

    private final Terminal terminal;
    private final Path folder;

    private GitClone(Terminal terminal, Path folder) {
        this.terminal = terminal;
        this.folder = folder;
    }

    /// What came of a call.
    ///
    /// @param said what it said on the side
    record Ran(int code, String out, String said) {

        boolean isGood() {
            return code == 0;
        }
    }

    /// Finds a clone with at least one commit.
    static GitClone at(Terminal terminal, Path folder) {
        var clone = new GitClone(terminal, folder);
        if (!Files.isDirectory(folder.toAbsolutePath())) {
            throw Stop.couldNotRun(
                    "there is no folder "
                            + folder
                            + "; name a clone of the repository with --repo");
        }
        if (!clone.run("rev-parse", "--git-dir").isGood()) {
            throw Stop.couldNotRun(
                    "%s is no clone of a Git repository; name one of the repository that the daemon watches with --repo"
                            .formatted(folder.toAbsolutePath()));
        }
        if (clone.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").isEmpty()) {
            throw Stop.couldNotRun(
                    "there is no commit in %s yet to put a tag on; fetch the branch first"
                            .formatted(folder.toAbsolutePath()));
        }
        return clone;
    }

    /// The first line of what a call prints; empty where it fails or prints nothing.
    Optional<String> ask(String... arguments) {
        var ran = run(arguments);
        return ran.isGood() ? ran.out().lines().findFirst() : Optional.empty();
    }

    Ran run(String... arguments) {
        return run(List.of(arguments));
    }

    Ran run(List<String> arguments) {
        var command = new ArrayList<>(List.of("git", "-C", folder.toAbsolutePath().toString()));
        command.addAll(arguments);
        Path said = NOTHING;
        try {
            said = Files.createTempFile("assent-git", ".txt");
            var builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(terminal.environment());
            // A passphrase may have to be typed.
            builder.redirectInput(
                    terminal.interactive() ? Redirect.INHERIT : Redirect.from(nothing()));
            builder.redirectError(said.toFile());
            var process = builder.start();
            var out = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            return new Ran(code, out, new String(Files.readAllBytes(said), UTF_8).strip());
        } catch (IOException e) {
            throw Stop.couldNotRun(
                    "git could not be run (%s); install it, and see that it is found on PATH"
                            .formatted(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Stop.couldNotRun("git was interrupted; nothing was pushed");
        } finally {
            forget(said);
        }
    }

    private static File nothing() {
        return NOTHING.toFile();
    }

    private static void forget(Path said) {
        if (said.equals(NOTHING)) return;
        try {
            Files.deleteIfExists(said);
        } catch (IOException _) {
            // It holds no secret, and temporary files are tidied away some day.
        }
    }

    /// How a person would type a call.
    String words(List<String> arguments) {
        var where = folder.toString().isEmpty() ? "" : " -C '" + folder + "'";
        return "git" + where + " " + String.join(" ", arguments);
    }
}
