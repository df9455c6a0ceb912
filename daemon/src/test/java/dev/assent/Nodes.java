package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.ServerFile;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.ProgressReport;
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
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.RefSpec;

/// Real daemons that share a record on a real PostgreSQL, and the repository that they watch.
final class Nodes implements AutoCloseable {

    /// Within which others go on with what a node did that is no more.
    static final Duration SOON = Duration.ofSeconds(15);

    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Path PROGRAM =
            Path.of(System.getProperty("assent.program", "target/assent"), "bin", "assent");

    private static final PersonIdent AUTHOR = new PersonIdent("Test", "test@example.org");

    private final Path folder;
    private final RecordServer record = SharedPostgres.database();
    private final Git work;
    private final List<Node> nodes = new ArrayList<>();
    private String ofRepository = "";
    private String besides = "";

    Nodes(Path folder) throws Exception {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
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
        for (var application : applications) declare(application);
        commit("refs/heads/main:refs/heads/main");
    }

    /// The same in a branch of its own.
    ///
    /// @return the commit
    String pushTo(String branch, String ref, String application) throws Exception {
        work.checkout().setCreateBranch(true).setName(branch).call();
        declare(application);
        var commit = commit(branch + ":" + ref);
        work.checkout().setName("main").call();
        return commit;
    }

    private void declare(String application) throws IOException {
        var file = folder.resolve("work/apps").resolve(application).resolve("manifest.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                redis:
                  configuration: {version: "7.0"}
                  servers:
                  - server: {unique_name: %s-redis}
                """
                        .formatted(application));
    }

    private String commit(String what) throws Exception {
        work.add().addFilepattern(".").call();
        var commit =
                work.commit()
                        .setMessage("More applications")
                        .setAuthor(AUTHOR)
                        .setCommitter(AUTHOR)
                        .setSign(false)
                        .call();
        work.push()
                .setRemote(folder.resolve("platform.git").toUri().toString())
                .setRefSpecs(new RefSpec(what))
                .call();
        return commit.name();
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
        work.close();
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
