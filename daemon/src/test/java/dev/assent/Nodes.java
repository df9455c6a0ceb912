package dev.assent;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.ServerFile;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.ProgressReport;
import dev.assent.reconcile.GitRepository;
import dev.assent.state.RecordServer;
import dev.assent.state.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Real daemons that share a record on a real PostgreSQL, and the repository that they watch.
final class Nodes implements AutoCloseable {

    /// Within which others go on with what a node did that is no more.
    static final Duration SOON = Duration.ofSeconds(15);

    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Path PROGRAM =
            Path.of(System.getProperty("assent.program", "target/assent"), "bin", "assent");

    private final Path folder;
    private final RecordServer record = SharedPostgres.database();
    private final GitRepository git;
    private final List<Node> nodes = new ArrayList<>();
    private String ofRepository = "";
    private String besides = "";

    Nodes(Path folder) throws Exception {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        git = new GitRepository(folder);
    }

    /// Has all that are started from now on configured with more.
    void configure(String ofRepository, String besides) {
        this.ofRepository = ofRepository.indent(2);
        this.besides = besides;
    }

    RecordServer record() {
        return record;
    }

    Node node(String name) {
        return new Node(name, record);
    }

    /// One that reaches the record through a cable.
    Node node(String name, Cable cable) {
        return new Node(
                name,
                new RecordServer(
                        record.user(),
                        List.of(cable.endpoint()),
                        record.database(),
                        record.settings(),
                        record.passwordFile()));
    }

    /// Commits manifests of applications with a Redis each, and pushes them.
    void push(String... applications) throws Exception {
        git.pushAll(Stream.of(applications).collect(toMap(Nodes::path, Nodes::manifest)));
    }

    /// The same on a branch of its own, as a pull request has it.
    ///
    /// @return the commit
    String pullRequest(int number, String application) throws Exception {
        var commit = git.pushTo(application, path(application), manifest(application));
        git.setRef("refs/pull/" + number + "/head", commit);
        return commit;
    }

    private static String path(String application) {
        return "apps/" + application + "/manifest.yml";
    }

    private static String manifest(String application) {
        return """
        redis:
          configuration: {version: "7.0"}
          servers:
          - server: {unique_name: %s-redis}
        """
                .formatted(application);
    }

    /// The processes of servers that are there.
    List<ProcessHandle> servers() {
        var below = folder.resolve("state/servers").toString();
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().filter(c -> c.contains(below)).isPresent())
                .filter(it -> it.info().command().filter(c -> c.contains("redis")).isPresent())
                .toList();
    }

    @Override
    public void close() throws IOException {
        git.close();
        for (var it : nodes) it.close();
        servers().forEach(ProcessHandle::destroyForcibly);
    }

    /// A daemon of its own.
    final class Node implements AutoCloseable {

        private final String name;
        private final RecordServer through;
        private Optional<Process> process = Optional.empty();
        private Optional<Client> client = Optional.empty();

        private Node(String name, RecordServer through) {
            this.name = name;
            this.through = through;
            nodes.add(this);
        }

        private Path file(String what) {
            return folder.resolve(name + "." + what);
        }

        private Process launch(String run, String log) throws IOException {
            var host = through.hosts().getFirst();
            Files.writeString(
                    file("yml"),
                    """
                    repositories:
                    - name: platform
                      url: file://%s/platform.git
                      manifests: ["apps/{app}/manifest.yml"]
                      poll: 1s
                    %s
                    record: {url: "postgresql://%s@%s:%d/%s?sslmode=disable", password_file: "%s"}
                    providers:
                      here: {type: local, ports: 27000-27099, download: false, servers: processes}
                    %s
                    """
                            .formatted(
                                    folder,
                                    ofRepository,
                                    through.user(),
                                    host.host(),
                                    host.port(),
                                    through.database(),
                                    through.passwordFile().orElseThrow(),
                                    besides));
            var builder =
                    new ProcessBuilder(
                                    PROGRAM.toAbsolutePath().toString(),
                                    "daemon",
                                    "--config",
                                    file("yml").toString(),
                                    "--state",
                                    folder.resolve("state").toString(),
                                    "--run",
                                    folder.resolve(run).toString(),
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--node",
                                    name)
                            .redirectErrorStream(true)
                            .redirectOutput(file(log).toFile());
            builder.environment()
                    .put("ASSENT_JAVA_OPTS", "-Dassent.failpoint=@" + file("scenario"));
            return builder.start();
        }

        void start() throws IOException {
            // What one that was killed has left.
            Files.deleteIfExists(run().resolve("server"));
            client.ifPresent(Client::close);
            client = Optional.empty();
            process = Optional.of(launch("run-" + name, "log"));
            Awaitility.await(name)
                    .atMost(PATIENCE)
                    .until(() -> {
                        assertThat(process.get().isAlive()).as(log()).isTrue();
                        return ServerFile.read(run()).isPresent();
                    });
        }

        /// What another daemon of this name says, and ends.
        String refused() throws Exception {
            var another = launch("run-again", "again");
            assertThat(another.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(another.exitValue()).isEqualTo(2);
            return Files.readString(file("again"));
        }

        private Path run() {
            return folder.resolve("run-" + name);
        }

        Client client() {
            if (client.isEmpty()) {
                var found = Connection.find(Optional.empty(), Optional.of(run()), Map.of());
                client = Optional.of(new Client(found, Optional.of("tester")));
            }
            return client.get();
        }

        List<String> plans(String state, int number) {
            return Awaitility.await(number + " plans at " + name)
                    .atMost(SOON)
                    .until(
                            () ->
                                    client().plans(Optional.empty(), true).plans().stream()
                                            .filter(it -> it.state().equals(state))
                                            .map(PlanSummary::id)
                                            .toList(),
                            it -> it.size() == number);
        }

        void approve(String plan) {
            client().approve(
                            plan,
                            new ApproveRequest(
                                    Optional.empty(), Optional.empty(), Optional.empty()));
        }

        ProgressReport progress(String plan) {
            return client().progress(plan, 0, 0);
        }

        void await(String plan, String state, Duration within) {
            Awaitility.await(plan + " is " + state)
                    .atMost(within)
                    .until(() -> progress(plan).state().equals(state));
        }

        /// Waits until a step of each is on its way.
        void awaitSteps(String... plans) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            Stream.of(plans)
                                    .allMatch(plan ->
                                            progress(plan).entries().stream()
                                                    .anyMatch(it -> it.event().equals("started"))));
        }

        void breakAt(String scenario) throws IOException {
            Files.writeString(file("scenario"), scenario);
        }

        void kill() throws InterruptedException {
            process.orElseThrow().destroyForcibly().waitFor();
        }

        void stop() throws InterruptedException {
            process.orElseThrow().destroy();
            exit();
        }

        int exit() throws InterruptedException {
            assertThat(process.orElseThrow().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            return process.get().exitValue();
        }

        void signal(String signal) throws Exception {
            var pid = Long.toString(process.orElseThrow().pid());
            assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
        }

        String log() {
            try {
                return Files.readString(file("log"));
            } catch (IOException e) {
                return "no log: " + e.getMessage();
            }
        }

        @Override
        public void close() {
            client.ifPresent(Client::close);
            process.ifPresent(Process::destroyForcibly);
        }
    }
}
