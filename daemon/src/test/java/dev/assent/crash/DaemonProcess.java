package dev.assent.crash;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.RefusedException;
import dev.assent.http.ServerFile;
import dev.assent.http.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The process of a lane's daemon: started, signalled, killed, and listened to.
///
/// Not a record: which process it is changes.
final class DaemonProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int TAIL = 30;

    private final Path folder;
    private final Path state;
    private final Path program;
    private final Path archive;
    private Optional<Process> process = Optional.empty();
    private Optional<Client> client = Optional.empty();

    /// @param folder where its configuration and its log lie
    /// @param archive of the classes that it loads, for a quick start; made by the first one
    DaemonProcess(Path folder, Path state, Path program, Path archive) {
        this.folder = folder;
        this.state = state;
        this.program = program;
        this.archive = archive;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @return whether it became so; else it has ended
    boolean begin() throws IOException {
        var run = folder.resolve("run");
        Files.deleteIfExists(ServerFile.file(run));
        var builder =
                new ProcessBuilder(
                                program.resolve("bin/assent").toString(),
                                "daemon",
                                "--config",
                                folder.resolve("assent.yml").toString(),
                                "--state",
                                state.toString(),
                                "--run",
                                run.toString(),
                                "--listen",
                                "127.0.0.1:0")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().put("ASSENT_JAVA_OPTS", options());
        var started = builder.start();
        process = Optional.of(started);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (ServerFile.read(run).isEmpty()) {
            if (!started.isAlive()) return false;
            if (System.nanoTime() > end) throw stuck("the daemon does not become ready");
            pause();
        }
        client.ifPresent(Client::close);
        client =
                Optional.of(
                        new Client(
                                Connection.find(Optional.empty(), Optional.of(run), Map.of()),
                                Optional.of("tester")));
        return true;
    }

    private String options() {
        var options = new ArrayList<String>();
        options.add("-Dassent.failpoint=@" + folder.resolve("scenario"));
        options.add("-Dassent.failpoint.trace=" + folder.resolve("trace"));
        options.add(
                (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=")
                        + archive);
        options.add("-Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off");
        return String.join(" ", options);
    }

    /// Runs another command of the program to its end.
    void run(List<String> command) throws IOException {
        var argv = new ArrayList<>(List.of(program.resolve("bin/assent").toString()));
        argv.addAll(command);
        var ran =
                new ProcessBuilder(argv)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                        .start();
        if (ended(ran) != 0) throw stuck(String.join(" ", command) + " did not end well");
    }

    Client client() {
        return client.orElseThrow();
    }

    boolean lives() {
        return process.filter(Process::isAlive).isPresent();
    }

    boolean answers() {
        try {
            var _ = client().plans(Optional.empty(), false);
            return true;
        } catch (RefusedException | UnreachableException e) {
            return false;
        }
    }

    int exitValue() {
        return process.orElseThrow().exitValue();
    }

    /// `kill -9`.
    void kill() {
        ended(process.orElseThrow().destroyForcibly());
    }

    /// `kill -STOP`, `kill -CONT`.
    void signal(String signal) throws IOException {
        var pid = Long.toString(process.orElseThrow().pid());
        ended(new ProcessBuilder("kill", "-" + signal, pid).start());
    }

    /// In order.
    void stop() {
        var stopped = process.orElseThrow();
        stopped.destroy();
        ended(stopped);
    }

    private int ended(Process ending) {
        try {
            if (ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) return ending.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw stuck("a process does not end");
    }

    /// Whether it has said something since its log had a length.
    boolean hasSaid(Pattern words, int since) {
        return words.matcher(log().substring(since)).find();
    }

    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    private Path logFile() {
        return folder.resolve("daemon.log");
    }

    StuckException stuck(String what) {
        var lines = log().lines().toList();
        var tail = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
        return new StuckException(what + "\n" + String.join("\n", tail));
    }

    /// A lane that does not go on.
    static final class StuckException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StuckException(String message) {
            super(message);
        }
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.ifPresent(Client::close);
        process.ifPresent(Process::destroyForcibly);
    }
}
