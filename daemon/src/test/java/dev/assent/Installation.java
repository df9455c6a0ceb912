package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.reconcile.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.GitAPIException;

/// The packaged program as a user has it: a Git repository, a daemon process of its own, and the
/// command line, all in one folder.
final class Installation implements AutoCloseable {

    /// What the build tests: the program alone, or as it is in the package.
    private static final Path PROGRAM =
            Path.of(System.getProperty("assent.program", "target/assent"), "bin", "assent")
                    .toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PLAN = Pattern.compile("\"id\" ?: ?\"(p-[0-9a-f]{8})\"");

    private final Path folder;
    private final GitRepository git;
    private Optional<Process> daemon = Optional.empty();

    Installation(Path folder) throws IOException {
        this.folder = folder;
        // Servers run as another user when we are root, and have to reach their folders.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            this.git = new GitRepository(folder);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        Files.writeString(
                folder.resolve("assent.yml"),
                """
                repositories:
                - name: platform
                  url: file://%s/platform.git
                  manifests: ["apps/{app}/manifest.yml"]
                  poll: 1s
                """
                        .formatted(folder));
    }

    Path folder() {
        return folder;
    }

    /// Says more in the configuration: of the repository, and of the rest.
    void configure(String ofRepository, String rest) throws IOException {
        var file = folder.resolve("assent.yml");
        Files.writeString(file, Files.readString(file) + ofRepository.indent(2) + rest);
    }

    /// Starts the daemon and waits until it is ready.
    void start() throws IOException {
        start(Map.of());
    }

    /// The same with something more in its environment.
    void start(Map<String, String> environment) throws IOException {
        daemon =
                Optional.of(
                        builder(
                                        environment,
                                        "daemon",
                                        "--config",
                                        folder.resolve("assent.yml").toString(),
                                        "--state",
                                        folder.resolve("state").toString(),
                                        "--run",
                                        folder.resolve("run").toString(),
                                        "--listen",
                                        "127.0.0.1:0")
                                .redirectErrorStream(true)
                                .redirectOutput(
                                        ProcessBuilder.Redirect.appendTo(
                                                folder.resolve("daemon.log").toFile()))
                                .start());
        await("the daemon is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(daemon.get().isAlive()).as(this::log).isTrue();
                    return assent("status").code() == 0;
                });
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        daemon.orElseThrow().destroyForcibly().waitFor();
        daemon = Optional.empty();
    }

    void stop() throws InterruptedException {
        var process = daemon.orElseThrow();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the daemon stops").isTrue();
        daemon = Optional.empty();
    }

    /// `kill -HUP`.
    void hangUp() throws IOException, InterruptedException {
        var pid = Long.toString(daemon.orElseThrow().pid());
        assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
    }

    /// Commits a file on a branch of its own and pushes it as the head of a pull request, too.
    String pushTo(String branch, String ref, String path, String text) throws IOException {
        try {
            var commit = git.pushTo(branch, path, text);
            git.setRef(ref, commit);
            return commit;
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    /// Commits a file and pushes it; gives the commit's id.
    String push(String path, String text) throws IOException {
        try {
            return git.push(path, text);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    /// Runs a command to its end.
    Result assent(String... arguments) {
        try {
            var process = builder(arguments).start();
            process.getOutputStream().close();
            var error = Thread.ofVirtual();
            var err = new java.util.concurrent.FutureTask<>(() -> text(process.getErrorStream()));
            error.start(err);
            var out = text(process.getInputStream());
            return new Result(process.waitFor(), out, err.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The ids of the plans that are open, newest first.
    List<String> plans() {
        return PLAN.matcher(assent("plans", "--format", "json").out())
                .results()
                .map(it -> it.group(1))
                .distinct()
                .toList();
    }

    /// Waits for a plan that is not among those known.
    String newPlan(String... known) {
        return await("a new plan")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () ->
                                plans().stream()
                                        .filter(it -> !List.of(known).contains(it))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /// Waits until a commit's manifests are read.
    void untilRead(String commit) {
        await("commit " + commit + " is read")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> assent("status", "--format", "json").out().contains(commit));
    }

    /// The pids of the PostgreSQL servers whose data is below this folder.
    List<Long> servers() {
        var pids = new ArrayList<Long>();
        try {
            for (var file : LiveFiles.below(folder.resolve("state")).stream().sorted().toList()) {
                if (file.endsWith("postmaster.pid")) pid(file).ifPresent(pids::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids.stream()
                .filter(it -> ProcessHandle.of(it).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }

    private static Optional<Long> pid(Path file) throws IOException {
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(it -> Long.valueOf(it.strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    String log() {
        try {
            return Files.readString(folder.resolve("daemon.log"));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    /// Stops everything that still runs.
    @Override
    public void close() {
        daemon.ifPresent(Process::destroyForcibly);
        for (var pid : servers()) {
            ProcessHandle.of(pid)
                    .ifPresent(it -> {
                        it.destroy();
                        it.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                    });
        }
        git.close();
    }

    private ProcessBuilder builder(String... arguments) {
        return builder(Map.of(), arguments);
    }

    private ProcessBuilder builder(Map<String, String> environment, String... arguments) {
        var command = Stream.concat(Stream.of(PROGRAM.toString()), Stream.of(arguments)).toList();
        var builder = new ProcessBuilder(command);
        builder.environment().put("ASSENT_RUN", folder.resolve("run").toString());
        builder.environment().keySet().removeAll(List.of("ASSENT_SERVER", "ASSENT_TOKEN"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String text(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /// What a command said and how it ended.
    record Result(int code, String out, String err) {}
}
