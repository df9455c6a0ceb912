package dev.assent.crash;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.ServerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// One daemon of several that share a record. Whenever it has ended it is started again after a
/// second, as by a service manager.
final class Node implements AutoCloseable {

    private static final int LOST_ITS_LEASE = 75;
    private static final int COULD_NOT_RUN = 2;
    private static final int KILLED = 137;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(50);

    /// How soon a node has to notice that its lease is over, on a machine that has much to do.
    private static final Duration INSIGHT = Duration.ofSeconds(5);

    private final String name;
    private final int cable;
    private final Path folder;
    private final ProcessBuilder command;
    private final Path archive;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private Optional<Process> process = Optional.empty();
    private Optional<Client> client = Optional.empty();
    private volatile boolean wanted = true;
    private volatile boolean well = true;

    /// Whether it was cut off or stopped in this life of its process.
    private volatile boolean disturbed;

    private volatile boolean killed;
    private volatile boolean stopped;
    private final AtomicInteger gaveUp = new AtomicInteger();

    /// @param cable its way to the record
    /// @param folder with its log and its run folder
    /// @param command what starts it
    /// @param archive of the classes that it loads, for a quick start; written at its end where
    ///   there is none
    Node(String name, int cable, Path folder, ProcessBuilder command, Path archive)
            throws IOException {
        this.name = name;
        this.cable = cable;
        this.folder = folder;
        this.command = command;
        this.archive = archive;
        Files.createDirectories(folder);
    }

    String name() {
        return name;
    }

    int cable() {
        return cable;
    }

    static Path run(Path folder) {
        return folder.resolve("run");
    }

    static Path log(Path folder) {
        return folder.resolve("daemon.log");
    }

    Path log() {
        return log(folder);
    }

    Path run() {
        return run(folder);
    }

    /// Starts it, and from then on again whenever it has ended.
    void start() {
        begin();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (wanted) {
                            ended(current().waitFor());
                            Thread.sleep(REST);
                            if (wanted) begin();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private synchronized void begin() {
        try {
            Files.deleteIfExists(ServerFile.file(run()));
            client.ifPresent(Client::close);
            client = Optional.empty();
            killed = false;
            stopped = false;
            disturbed = !well;
            command.environment()
                    .put(
                            "ASSENT_JAVA_OPTS",
                            (Files.exists(archive)
                                            ? "-XX:SharedArchiveFile="
                                            : "-XX:ArchiveClassesAtExit=")
                                    + archive
                                    + " -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off");
            process = Optional.of(command.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ended(int code) {
        if (code == LOST_ITS_LEASE) gaveUp.incrementAndGet();
        var fits =
                switch (code) {
                    case KILLED -> killed || disturbed;
                    case LOST_ITS_LEASE, COULD_NOT_RUN -> disturbed;
                    default -> !wanted || stopped;
                };
        if (!fits)
            complaints.add("%s ended with %d, and nobody had touched it".formatted(name, code));
    }

    private synchronized Process current() {
        return process.orElseThrow();
    }

    long pid() {
        return current().pid();
    }

    /// Whether it lives, is undisturbed, and has come so far as to work or to stand by.
    boolean isWell() {
        return well && isUp();
    }

    /// Whether it has come so far as to answer.
    boolean isUp() {
        return current().isAlive() && !killed && !stopped && url().isPresent();
    }

    /// How often it gave up by itself.
    int gaveUp() {
        return gaveUp.get();
    }

    /// When it ended for no reason that was given to it, or went on without a lease, a sentence
    /// each.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// Whether something is done to it that lasts.
    void disturb(boolean lasts) {
        if (lasts) disturbed = true;
        well = !lasts;
    }

    /// Waits for the end of a process whose lease is over.
    void mustEnd(long process) {
        var end = System.nanoTime() + INSIGHT.toNanos();
        while (current().isAlive() && pid() == process) {
            if (System.nanoTime() > end) {
                complaints.add("%s goes on, although its lease is long over".formatted(name));
                return;
            }
            Cluster.pause(MOMENT);
        }
    }

    /// `kill -9`.
    void kill() {
        killed = true;
        current().destroyForcibly();
    }

    /// Has it end in order; it is started again all the same.
    void stop() {
        stopped = true;
        current().destroy();
    }

    /// `kill -STOP`, `kill -CONT`.
    void signal(long process, String signal) {
        if (current().isAlive() && pid() == process) {
            Command.run("kill", "-" + signal, Long.toString(process));
        }
    }

    private Optional<java.net.URI> url() {
        return ServerFile.read(run());
    }

    /// Who asks it; empty while it does not answer.
    synchronized Optional<Client> client() {
        if (client.isEmpty() && url().isPresent()) {
            client =
                    Optional.of(
                            new Client(
                                    Connection.find(Optional.empty(), Optional.of(run()), Map.of()),
                                    Optional.of("tester")));
        }
        return client;
    }

    /// Is done with a client that waits in vain.
    synchronized void forget(Client hopeless) {
        if (client.filter(it -> it.equals(hopeless)).isPresent()) client = Optional.empty();
        hopeless.close();
    }

    /// The last lines of what it had to say.
    String logTail() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        wanted = false;
        client.ifPresent(Client::close);
        process.ifPresent(it -> it.destroyForcibly().onExit().join());
    }
}
