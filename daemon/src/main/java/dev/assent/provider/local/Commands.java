package dev.assent.provider.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /// Runs a program to its end, its standard output going to a file.
    static Ended run(List<String> argv, Path folder, Path output) throws IOException {
        return ended(
                builder(argv, folder)
                        .redirectErrorStream(false)
                        .redirectOutput(ProcessBuilder.Redirect.to(output.toFile())));
    }

    /// Runs a program to its end; an interrupt ends it.
    static Ended run(List<String> argv, Path folder) throws IOException {
        return ended(builder(argv, folder));
    }

    /// Runs a program until it prints a text, then tells it to end. One that ends before has not
    /// done what it was run for, whatever its exit code.
    static Ended run(List<String> argv, Path folder, String until) throws IOException {
        var process = builder(argv, folder).start();
        process.getOutputStream().close();
        var printed = new StringBuilder();
        var done = false;
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                printed.append(line).append('\n');
                if (done || !line.contains(until)) continue;
                done = true;
                // Unlike the process's own method, this leaves the rest to be read.
                process.toHandle().destroy();
            }
            var code = process.waitFor();
            return new Ended(code == 0 && !done ? 1 : code, printed.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private static Ended ended(ProcessBuilder builder) throws IOException {
        var process = builder.start();
        process.getOutputStream().close();
        var printing =
                builder.redirectErrorStream() ? process.getInputStream() : process.getErrorStream();
        try (var out = printing) {
            var printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), printed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
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
