package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.ServerFile;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.Status;
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
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.RefSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real daemons that work on one record at the same time, on a real PostgreSQL.
class NodesIT {

    private static final Path PROGRAM =
            Path.of(System.getProperty("assent.program", "target/assent"), "bin", "assent");

    /// Within which others go on with what a node did that is no more.
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final PersonIdent AUTHOR = new PersonIdent("Test", "test@example.org");

    @TempDir Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private RecordServer record;
    private Git work;

    @BeforeEach
    void begin() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        record = SharedPostgres.database();
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

    @AfterEach
    void end() throws IOException {
        work.close();
        for (var it : nodes) it.close();
        killServers();
    }

    @Test
    void a_node_does_what_another_one_was_asked_and_goes_on_with_what_that_one_began()
            throws Exception {
        var one = new Node("one");
        one.start();
        var other = new Node("other");
        other.start();
        push("shop", "blog", "wiki");
        var plans = other.plans("proposed", 3);
        var status = other.client().status(Optional.empty()).nodes();
        assertThat(status).extracting(Status.Node::answers).containsExactly(false, true);
        assertThat(status).extracting(Status.Node::duties).containsOnlyOnce(true);

        other.approve(plans.getFirst());
        one.await(plans.getFirst(), "applied", PATIENCE);

        one.breakAt("provider.afterBuild#1+=pause");
        one.approve(plans.get(1));
        one.approve(plans.get(2));
        one.awaitSteps(plans.get(1), plans.get(2));
        one.kill();

        other.await(plans.get(1), "applied", SOON);
        other.await(plans.get(2), "applied", SOON);
        plans.forEach(it -> assertEachStepOnce(other, it));
        assertThat(servers()).hasSize(3);
        assertThat(other.client().verifyAudit(false).whole()).isTrue();

        push("forum");
        assertThat(other.plans("proposed", 1)).hasSize(1);
    }

    @Test
    void a_node_that_was_paused_for_too_long_writes_nothing_more_and_ends() throws Exception {
        var one = new Node("one");
        one.start();
        push("shop");
        var plan = one.plans("proposed", 1).getFirst();
        var other = new Node("other");
        other.start();
        // Outside of what it does to servers: there it would be killed by who waits for them.
        one.breakAt("journal.afterStarted#1+=pause");
        one.approve(plan);
        one.awaitSteps(plan);

        one.signal("STOP");
        other.await(plan, "applied", SOON);
        one.breakAt("");
        one.signal("CONT");

        assertThat(one.exit()).isEqualTo(75);
        assertThat(one.log()).contains("this daemon may not go on");
        assertEachStepOnce(other, plan);
        assertThat(servers()).hasSize(1);
        push("blog");
        assertThat(other.plans("proposed", 1)).hasSize(1);
    }

    @Test
    void a_node_that_is_cut_off_from_the_record_ends_and_another_one_goes_on() throws Exception {
        try (var cable = new Cable(record.hosts().getFirst())) {
            var one = new Node("one", cable);
            one.start();
            push("shop");
            var plan = one.plans("proposed", 1).getFirst();
            var other = new Node("other");
            other.start();
            one.breakAt("provider.afterBuild#1+=pause");
            one.approve(plan);
            one.awaitSteps(plan);

            cable.cut();

            other.await(plan, "applied", SOON);
            assertThat(one.exit()).isEqualTo(75);
            assertEachStepOnce(other, plan);
            assertThat(servers()).hasSize(1);
        }
    }

    @Test
    void a_node_that_ends_in_order_leaves_its_work_to_others_at_once() throws Exception {
        var one = new Node("one");
        one.start();
        push("shop");
        var plan = one.plans("proposed", 1).getFirst();
        var other = new Node("other");
        other.start();

        one.approve(plan);
        one.stop();

        other.await(plan, "applied", Duration.ofSeconds(8));
        assertEachStepOnce(other, plan);
        push("blog");
        assertThat(other.plans("proposed", 1)).hasSize(1);
        var same = new Node("other");
        assertThat(same.refused()).contains("node other runs already");
    }

    private static void assertEachStepOnce(Node asked, String plan) {
        var done =
                asked.progress(plan).entries().stream()
                        .filter(it -> it.event().equals("done"))
                        .map(ProgressReport.Entry::step)
                        .toList();
        assertThat(done).isNotEmpty().doesNotHaveDuplicates();
    }

    private void push(String... applications) throws Exception {
        for (var application : applications) {
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
        work.add().addFilepattern(".").call();
        work.commit()
                .setMessage("More applications")
                .setAuthor(AUTHOR)
                .setCommitter(AUTHOR)
                .setSign(false)
                .call();
        work.push()
                .setRemote(folder.resolve("platform.git").toUri().toString())
                .setRefSpecs(new RefSpec("refs/heads/main:refs/heads/main"))
                .call();
    }

    /// The processes of servers that are there.
    private List<ProcessHandle> servers() {
        var below = folder.resolve("state/servers").toString();
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().filter(c -> c.contains(below)).isPresent())
                .filter(it -> it.info().command().filter(c -> c.contains("redis")).isPresent())
                .toList();
    }

    private void killServers() {
        servers().forEach(ProcessHandle::destroyForcibly);
    }

    /// A daemon of its own.
    private final class Node implements AutoCloseable {

        private final String name;
        private final RecordServer through;
        private Optional<Process> process = Optional.empty();
        private Optional<Client> client = Optional.empty();

        Node(String name) {
            this(name, record);
        }

        Node(String name, Cable cable) {
            this(
                    name,
                    new RecordServer(
                            record.user(),
                            List.of(cable.endpoint()),
                            record.database(),
                            record.settings(),
                            record.passwordFile()));
        }

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
                    record: {url: "postgresql://%s@%s:%d/%s?sslmode=disable", password_file: "%s"}
                    providers:
                      here: {type: local, ports: 27000-27099, download: false, servers: processes}
                    """
                            .formatted(
                                    folder,
                                    through.user(),
                                    host.host(),
                                    host.port(),
                                    through.database(),
                                    through.passwordFile().orElseThrow()));
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
            process = Optional.of(launch("run-" + name, "log"));
            org.awaitility.Awaitility.await(name)
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
            return org.awaitility.Awaitility.await(number + " plans at " + name)
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
            org.awaitility.Awaitility.await(plan + " is " + state)
                    .atMost(within)
                    .until(() -> progress(plan).state().equals(state));
        }

        /// Waits until a step of each is on its way.
        void awaitSteps(String... plans) {
            NodesIT.await(() ->
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

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        org.awaitility.Awaitility.await().atMost(PATIENCE).until(condition);
    }
}
