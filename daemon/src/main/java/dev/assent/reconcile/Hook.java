package dev.assent.reconcile;

import dev.assent.failpoint.Failpoint;
import dev.assent.state.HookRun;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the hook of a redeploy: never through a shell, in a session of its own, with an environment
/// that holds nothing of ours but what it is told, and only for so long.
final class Hook {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// How long to wait for words that are still in the pipe. A process that the hook has left
    /// running can keep the pipe open for ever.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Hook() {}

    /// Runs it to its end, or to the end of its time.
    ///
    /// @param told what it finds in its environment beside the usual
    static HookRun run(
            List<String> command, Map<String, String> told, Duration limit, Redaction redaction) {
        Process process;
        try {
            Failpoint.DELIVERY_BEFORE_HOOK.reached(IOException::new);
            process = start(command, told);
        } catch (IOException e) {
            return new HookRun(command, false, "could not be started: " + e.getMessage(), "");
        }
        var printed = new Printed(redaction);
        var reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("hook-output-" + process.pid())
                        .start(() -> printed.drain(process.getInputStream()));
        var failure = failure(process, limit);
        Failpoint.DELIVERY_AFTER_HOOK.reached();
        try {
            reader.join(LAST_WORDS);
        } catch (InterruptedException _) {
            // Told to end: what it has printed so far is enough.
        }
        return new HookRun(
                command, failure.isEmpty(), failure.orElse("ended well"), printed.text());
    }

    private static Process start(List<String> command, Map<String, String> told)
            throws IOException {
        // The process id stays the same from here to the program: setsid becomes it.
        var builder =
                new ProcessBuilder(Stream.concat(Stream.of("setsid"), command.stream()).toList())
                        .directory(new File("/"))
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        var environment = builder.environment();
        var home = Optional.ofNullable(environment.get("HOME"));
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        home.ifPresent(it -> environment.put("HOME", it));
        environment.putAll(told);
        return builder.start();
    }

    /// Why it counts as failed, in words that follow the command.
    private static Optional<String> failure(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                new Session(process.toHandle()).end();
                return Optional.of("took longer than " + words(limit) + " and was killed");
            }
            var code = process.exitValue();
            return code == 0 ? Optional.empty() : Optional.of("ended with code " + code);
        } catch (InterruptedException _) {
            // The thread stays uninterrupted: the file is to be put back yet.
            new Session(process.toHandle()).end();
            return Optional.of("was killed, since the daemon was told to end");
        }
    }

    private static String words(Duration limit) {
        return limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
