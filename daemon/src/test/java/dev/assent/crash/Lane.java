package dev.assent.crash;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.RefusedException;
import dev.assent.http.ServerFile;
import dev.assent.http.UnreachableException;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/// One installation to be ill-treated: a Git repository, a daemon in a process of its own, and real
/// servers, in a folder and with ports of its own. Beside the application that the workloads are
/// for lives a bystander.
final class Lane implements AutoCloseable {

    static final ApplicationName SHOP = new ApplicationName("shop", "production");
    static final ApplicationName BYSTANDER = new ApplicationName("bystander", "production");

    private static final PersonIdent AUTHOR = new PersonIdent("Test", "test@example.org");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration RESUME_PAUSE = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int PORTS = 40;

    private final Path folder;
    private final Path program;
    private final Path archive;
    private final Path state;
    private final Workload.Stack stack;
    private final Git work;
    private Optional<Process> daemon = Optional.empty();
    private Optional<Client> client = Optional.empty();
    private String bystander = "";
    private Runnable whenApproved = () -> {};
    private Thread disturbing = Thread.ofVirtual().unstarted(() -> {});
    private long resumeAgain = System.nanoTime();

    /// @param archive of the classes that a daemon loads, for a quick start; made by the first one
    /// @param state the daemon's state folder, which may be on a disk of its own
    Lane(Path folder, Path state, Path program, Path archive, Workload.Stack stack, int firstPort)
            throws IOException {
        this.state = state;
        this.folder = folder;
        this.program = program;
        this.archive = archive;
        this.stack = stack;
        Files.createDirectories(folder.resolve("env"));
        // Servers run as another user when we are root, and have to reach their folders.
        for (var it : List.of(folder, folder.toAbsolutePath().resolveSibling(""))) {
            Files.setPosixFilePermissions(it, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try {
            Git.init()
                    .setBare(true)
                    .setInitialBranch("main")
                    .setDirectory(folder.resolve("platform.git").toFile())
                    .call()
                    .close();
            work =
                    Git.init()
                            .setInitialBranch("main")
                            .setDirectory(folder.resolve("work").toFile())
                            .call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        Files.writeString(
                folder.resolve("assent.yml"),
                """
                repositories:
                - name: platform
                  url: file://%1$s/platform.git
                  manifests: ["apps/{app}/manifest.yml"]
                  poll: 1s
                providers:
                  here: {type: local, ports: %2$d-%3$d, download: false, servers: processes}
                sizes:
                  default: {memory: 64M, disk: 8M}
                applications:
                - match: "*/*"
                  redeploy: {env_file: "%1$s/env/{app}.env"}
                """
                        .formatted(folder, firstPort, firstPort + PORTS - 1));
    }

    /// Brings it to where the first workload can begin: one plan of each application is applied.
    void found() throws IOException {
        push("shop", stack.manifest("keep", 1));
        push("bystander", stack.manifest("other", 1));
        start();
        drive(List.of(), () -> servers().all().size() == 2 && plans().isEmpty());
        for (var application : List.of(SHOP, BYSTANDER)) {
            var _ = client().redeploy(application);
        }
        new Visit(url(SHOP, "keep")).leave("kept");
        new Visit(url(BYSTANDER, "other")).leave("untouched");
        bystander = identityOfBystander();
        if (Files.notExists(archive)) {
            // Its end writes the archive.
            stop();
            start();
        }
    }

    Workload.Stack stack() {
        return stack;
    }

    Path folder() {
        return folder;
    }

    Path state() {
        return state;
    }

    ServersFolder servers() {
        return new ServersFolder(state.resolve("servers/here"));
    }

    RecordFile record() {
        return new RecordFile(state.resolve("assent.db"));
    }

    /// Where the variables of a group lead.
    URI url(ApplicationName application, String group) {
        var name = "%s_%s_URL".formatted(stack.engine(), group).toUpperCase(java.util.Locale.ROOT);
        var values = client().variables(application).inForce().orElseThrow().values();
        return URI.create(Optional.ofNullable(values.get(name)).orElseThrow());
    }

    /// The bystander's process as it was in the beginning.
    String bystander() {
        return bystander;
    }

    String identityOfBystander() {
        return servers().all().entrySet().stream()
                .filter(it -> it.getKey().startsWith("bystander/"))
                .map(it -> ServersFolder.identity(it.getValue().pid()))
                .findFirst()
                .orElse("none");
    }

    /// What happens to the daemon from now on, in the words of `assent.failpoint`.
    void arm(String traps) throws IOException {
        Files.deleteIfExists(folder.resolve("trace"));
        var fresh = folder.resolve("scenario.new");
        Files.writeString(fresh, traps);
        Files.move(fresh, folder.resolve("scenario"), StandardCopyOption.ATOMIC_MOVE);
    }

    void disarm() throws IOException {
        Files.deleteIfExists(folder.resolve("scenario"));
    }

    /// The points that were reached since it was armed, each with its time.
    List<String> reached() throws IOException {
        try {
            return Files.readAllLines(folder.resolve("trace"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// Starts the daemon and waits until it is ready.
    void start() throws IOException {
        Files.deleteIfExists(ServerFile.file(folder.resolve("run")));
        var options = new ArrayList<String>();
        options.add("-Dassent.failpoint=@" + folder.resolve("scenario"));
        options.add("-Dassent.failpoint.trace=" + folder.resolve("trace"));
        options.add(
                (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=")
                        + archive);
        options.add("-Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off");
        var builder =
                new ProcessBuilder(
                                program.resolve("bin/assent").toString(),
                                "daemon",
                                "--config",
                                folder.resolve("assent.yml").toString(),
                                "--state",
                                state.toString(),
                                "--run",
                                folder.resolve("run").toString(),
                                "--listen",
                                "127.0.0.1:0")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("daemon.log").toFile()));
        builder.environment().put("ASSENT_JAVA_OPTS", String.join(" ", options));
        var process = builder.start();
        daemon = Optional.of(process);
        await(
                "the daemon to be ready",
                () -> {
                    if (!process.isAlive()) throw stuck("the daemon ended right after its start");
                    return ServerFile.read(folder.resolve("run")).isPresent();
                });
        client.ifPresent(Client::close);
        client =
                Optional.of(
                        new Client(
                                Connection.find(
                                        Optional.empty(),
                                        Optional.of(folder.resolve("run")),
                                        Map.of()),
                                Optional.of("tester")));
    }

    /// Fills the disk that its state lies on, to the last byte.
    void fill() throws IOException {
        for (var size = 1 << 16; size > 0; size /= 16) {
            var block = new byte[size];
            try (var filler =
                    Files.newOutputStream(
                            filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) filler.write(block);
            } catch (IOException e) {
                // That was the last of this size.
            }
        }
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return state.resolveSibling("filler");
    }

    /// Whether the daemon has said something since its log had a length.
    boolean hasSaid(java.util.regex.Pattern words, int since) {
        return words.matcher(log().substring(since)).find();
    }

    String log() {
        try {
            return Files.readString(folder.resolve("daemon.log"));
        } catch (IOException e) {
            return "";
        }
    }

    boolean lives() {
        return daemon.filter(Process::isAlive).isPresent();
    }

    Process process() {
        return daemon.orElseThrow();
    }

    /// `kill -9`.
    void kill() {
        try {
            process().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `kill -STOP`, `kill -CONT`.
    void signal(String signal) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process().pid()))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        process().destroy();
        try {
            if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw stuck("the daemon does not stop");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Client client() {
        return client.orElseThrow();
    }

    /// The plans that are open.
    List<PlanSummary> plans() {
        return client().plans(Optional.empty(), false).plans();
    }

    /// Commits an application's manifest and pushes it.
    void push(String app, String manifest) throws IOException {
        var file = folder.resolve("work/apps").resolve(app).resolve("manifest.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, manifest);
        try {
            work.add().addFilepattern(".").call();
            work.commit()
                    .setMessage("Change " + app)
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .call();
            work.push()
                    .setRemote(folder.resolve("platform.git").toUri().toString())
                    .setRefSpecs(
                            new org.eclipse.jgit.transport.RefSpec(
                                    "refs/heads/main:refs/heads/main"))
                    .call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    /// Does something beside all else, once, as soon as the next plan is approved.
    void whenApproved(Runnable act) {
        disturbing = Thread.ofVirtual().unstarted(act);
        whenApproved = disturbing::start;
    }

    /// Waits until that is done, where it was begun.
    void untilDisturbed() {
        try {
            disturbing.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for the end of a daemon that answers no more.
    void untilEnded() {
        await("the daemon to end", () -> !lives());
    }

    /// Does what a person would until something is so: says yes to what waits, and resumes what has
    /// failed. Returns early where the daemon has ended.
    ///
    /// @param destroyed the groups whose destruction is agreed to
    /// @return whether it is so
    boolean drive(List<String> destroyed, BooleanSupplier end) {
        var ended = new boolean[1];
        await(
                "the plan to be applied",
                () -> {
                    if (!lives()) return true;
                    try {
                        for (var plan : plans()) answer(plan, destroyed);
                        ended[0] = end.getAsBoolean();
                        return ended[0];
                    } catch (RefusedException e) {
                        // Somebody, or something, was faster.
                        return false;
                    } catch (UnreachableException e) {
                        return false;
                    }
                });
        return ended[0];
    }

    private void answer(PlanSummary plan, List<String> destroyed) {
        switch (plan.state()) {
            case "proposed" -> {
                var _ =
                        client().approve(
                                        plan.id(),
                                        new ApproveRequest(
                                                Optional.empty(),
                                                Optional.of(destroyed),
                                                Optional.empty()));
                whenApproved.run();
                whenApproved = () -> {};
            }
            case "failed" -> {
                if (System.nanoTime() < resumeAgain) return;
                resumeAgain = System.nanoTime() + RESUME_PAUSE.toNanos();
                var _ = client().apply(plan.id());
            }
            case "needs-decision" -> throw stuck(plan.id() + " needs a decision");
            default -> {}
        }
    }

    void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw stuck("waited in vain for " + what);
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    StuckException stuck(String what) {
        return new StuckException(what + "\n" + logTail());
    }

    /// The last lines of what the daemon had to say.
    String logTail() {
        try {
            var lines = Files.readAllLines(folder.resolve("daemon.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    /// A lane that does not go on.
    static final class StuckException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StuckException(String message) {
            super(message);
        }
    }

    /// Ends everything of it.
    @Override
    public void close() {
        client.ifPresent(Client::close);
        daemon.ifPresent(Process::destroyForcibly);
        servers().processes().keySet().forEach(Lane::end);
        work.close();
    }

    private static void end(long pid) {
        ProcessHandle.of(pid)
                .ifPresent(it -> {
                    it.destroyForcibly();
                    it.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
                });
    }
}
