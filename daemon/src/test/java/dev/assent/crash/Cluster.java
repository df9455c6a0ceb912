package dev.assent.crash;

import dev.assent.http.Client;
import dev.assent.http.RefusedException;
import dev.assent.http.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Several nodes on one machine, with one record, one repository and one folder of servers.
final class Cluster implements AutoCloseable {

    /// How long whoever asks a node waits before asking another one.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final Cables cables = new Cables();
    private final RecordMachine machine;
    private final Platform platform;
    private final List<Node> nodes = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService questions = Executors.newVirtualThreadPerTaskExecutor();

    /// @param program the built one
    Cluster(Path folder, Path program, int size, int firstPort, int ports) throws IOException {
        this.folder = folder;
        // Servers run as another user, and have to reach their folders.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("env"));
        try {
            machine = new RecordMachine(folder.resolve("record"), cables);
        } catch (IOException | RuntimeException e) {
            cables.close();
            throw e;
        }
        // Nothing of it outlives the process, whichever way that ends.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        platform = new Platform(folder);
        for (var number = 1; number <= size; number++) {
            nodes.add(node("node-" + number, program, firstPort, firstPort + ports - 1));
        }
    }

    private Node node(String name, Path program, int firstPort, int lastPort) throws IOException {
        var own = folder.resolve(name);
        var cable = cables.lay();
        Files.createDirectories(own);
        var configuration = own.resolve("assent.yml");
        Files.writeString(
                configuration,
                """
                repositories:
                - name: platform
                  url: %s
                  manifests: ["apps/{app}/manifest.yml"]
                  poll: 1s
                record: {url: "%s", password_file: "%s"}
                providers:
                  here: {type: local, ports: %d-%d, download: false, servers: processes}
                sizes:
                  default: {memory: 64M, disk: 8M}
                applications:
                - match: "*/*"
                  redeploy: {env_file: "%s/env/{app}.env"}
                """
                        .formatted(
                                platform.url(),
                                machine.url(cable),
                                machine.passwordFile(),
                                firstPort,
                                lastPort,
                                folder));
        var command =
                new ProcessBuilder(
                                program.resolve("bin/assent").toString(),
                                "daemon",
                                "--config",
                                configuration.toString(),
                                "--state",
                                folder.resolve("state").toString(),
                                "--run",
                                Node.run(own).toString(),
                                "--listen",
                                "127.0.0.1:0",
                                "--node",
                                name)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(Node.log(own).toFile()));
        return new Node(name, cable, own, command, folder.resolve("classes.jsa"));
    }

    /// Starts all nodes, and waits until one answers.
    ///
    /// The first one makes the state folder, with the key.
    void start() {
        var first = nodes.getFirst();
        first.start();
        await("the first node", first::isUp);
        // Its end writes the archive.
        first.stop();
        await("the first node once more", first::isUp);
        nodes.stream().skip(1).forEach(Node::start);
    }

    Path folder() {
        return folder;
    }

    List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    Platform platform() {
        return platform;
    }

    RecordReader record() {
        return machine.reader();
    }

    ServersFolder servers() {
        return new ServersFolder(folder.resolve("state/servers/here"));
    }

    void unplug(Node node) {
        cables.unplug(node.cable());
    }

    void plug(Node node) {
        cables.plug(node.cable());
    }

    /// Asks one node after the other, in an order that chance gives, until one answers; a node that
    /// takes too long has had its chance.
    ///
    /// @return the answer; empty where no node had one
    <T> Optional<T> ask(Random random, Function<Client, T> question) {
        var order = new ArrayList<>(nodes);
        Collections.shuffle(order, random);
        for (var node : order) {
            var client = node.client();
            if (client.isEmpty()) continue;
            try {
                return Optional.of(
                        CompletableFuture.supplyAsync(() -> question.apply(client.get()), questions)
                                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                                .join());
            } catch (CompletionException e) {
                if (e.getCause() instanceof RefusedException refused) throw refused;
                if (!(e.getCause() instanceof UnreachableException)) node.forget(client.get());
            }
        }
        return Optional.empty();
    }

    /// The answer of any node, which one of them has.
    <T> T answer(Random random, Function<Client, T> question) {
        return ask(random, question)
                .orElseThrow(() -> new IllegalStateException("no node answers"));
    }

    static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end)
                throw new IllegalStateException("waited in vain for " + what);
            pause(Duration.ofMillis(20));
        }
    }

    static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends everything of it.
    @Override
    public void close() {
        if (closed.getAndSet(true)) return;
        nodes.forEach(Node::close);
        questions.shutdownNow();
        for (var pid : servers().processes().keySet()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        platform.close();
        machine.close();
        cables.close();
    }
}
