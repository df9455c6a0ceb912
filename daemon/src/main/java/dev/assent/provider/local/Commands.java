package dev.assent.provider.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Starts programs: never through a shell, and with an environment that holds nothing of ours.
final class Commands {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LC_ALL", "C",
                    "TZ", "UTC");

    private Commands() {}

    /// How a program ended, and what it printed on both streams.
    record Ended(int code, String printed) {}

    /// Runs a program to its end; an interrupt ends it.
    static Ended run(List<String> argv, Path folder) throws IOException {
        var process = builder(argv, folder).start();
        return ended(process, () -> text(process.getInputStream()));
    }

    /// The same, its standard output going to a file.
    static Ended run(List<String> argv, Path folder, Path output) throws IOException {
        var process =
                builder(argv, folder)
                        .redirectErrorStream(false)
                        .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                        .start();
        return ended(process, () -> text(process.getErrorStream()));
    }

    /// Runs a program until it prints a text, then tells it to end. One that ends before has not
    /// done what it was run for, whatever its exit code.
    static Ended run(List<String> argv, Path folder, String until) throws IOException {
        var process = builder(argv, folder).start();
        var ended = ended(process, () -> textTellingIt(process, until));
        return ended.code() == 0 && !ended.printed().contains(until)
                ? new Ended(1, ended.printed())
                : ended;
    }

    private static String text(InputStream printed) throws IOException {
        try (printed) {
            return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String textTellingIt(Process process, String until) throws IOException {
        var text = new StringBuilder();
        var told = false;
        try (var printed = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = printed.readLine(); line != null; line = printed.readLine()) {
                text.append(line).append('\n');
                // Unlike the process's own method, the handle's leaves the rest to be read.
                if (!told && line.contains(until)) told = process.toHandle().destroy();
            }
        }
        return text.toString();
    }

    /// What it prints is read beside the waiting: no interrupt reaches a thread that reads from a
    /// pipe.
    private static Ended ended(Process process, Callable<String> reading) throws IOException {
        var printed = new FutureTask<>(reading);
        try {
            process.getOutputStream().close();
            Thread.ofPlatform().daemon().name("prints-" + process.pid()).start(printed);
            var code = process.waitFor();
            return new Ended(code, printed.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("what it printed could not be read", e);
        } finally {
            process.destroy();
        }
    }

    /// Starts a program in a session of its own, which no terminal's Ctrl-C and no end of this
    /// process reaches. The process id stays the same from here to the program: each command on the
    /// way becomes the next.
    static Process detach(List<String> argv, Path folder, Path log) throws IOException {
        return builder(Stream.concat(Stream.of("setsid"), argv.stream()).toList(), folder)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static ProcessBuilder builder(List<String> argv, Path folder) {
        var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        return builder;
    }
}
