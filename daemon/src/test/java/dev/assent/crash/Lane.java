package dev.assent.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.http.Client;
import dev.assent.http.RefusedException;
import dev.assent.http.ServerFile;
import dev.assent.http.UnreachableException;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.ResolveRequest;
import dev.assent.model.ApplicationName;
import dev.assent.reconcile.GitRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.api.errors.GitAPIException;

/// One installation to be ill-treated: a Git repository, a daemon in a process of its own, and real
/// servers, in a folder and with ports of its own. Beside the application that the workloads are
/// for lives a bystander.
final class Lane implements AutoCloseable {

    static final ApplicationName SHOP = new ApplicationName("shop", "production");
    static final ApplicationName BYSTANDER = new ApplicationName("bystander", "production");

    private static final String WEBHOOK_SECRET = "let-the-lane-go-on";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration RESUME_PAUSE = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int PORTS = 40;

    private final Path folder;
    private final Path state;
    private final GitRepository git;
    private final DaemonProcess daemon;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> reasons = new TreeSet<>();
    private final Set<String> excused = new TreeSet<>();
    private Standing standing = Standing.NOTHING;
    private Stack stack = Stack.REDIS;
    private String bystander = "";
    private String word = "";
    private Runnable whenBegun = () -> {};
    private Thread disturbing = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean over;
    private long resumeAgain = System.nanoTime();

    /// @param archive of the classes that a daemon loads, for a quick start; made by the first one
    /// @param state the daemon's state folder, which may be on a disk of its own
    Lane(Path folder, Path state, Path program, Path archive, int firstPort) throws IOException {
        this.state = state;
        this.folder = folder;
        this.daemon = new DaemonProcess(folder, state, program, archive);
        Files.createDirectories(folder.resolve("env"));
        // Servers run as another user when we are root, and have to reach their folders.
        for (var it : List.of(folder, folder.toAbsolutePath().resolveSibling(""))) {
            Files.setPosixFilePermissions(it, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try {
            git = new GitRepository(folder);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        var secret = Files.writeString(folder.resolve("webhook"), WEBHOOK_SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("assent.yml"),
                """
                repositories:
                - name: platform
                  url: file://%1$s/platform.git
                  manifests: ["apps/{app}/manifest.yml"]
                  poll: 1s
                  webhook: {secret_file: %1$s/webhook}
                providers:
                  here: {type: local, ports: %2$d-%3$d, servers: processes}
                sizes:
                  default: {memory: 64M, disk: 8M}
                applications:
                - match: "*/*"
                  redeploy: {env_file: "%1$s/env/{app}.env", command: ["true"]}
                """
                        .formatted(folder, firstPort, firstPort + PORTS - 1));
    }

    /// Asks for one group of each application.
    void ask() throws IOException {
        push("shop", Standing.NOTHING.manifest(stack));
        push("bystander", Standing.NOTHING.manifest(stack));
    }

    /// Whether these groups are there.
    boolean isFounded() {
        return record().applied(SHOP.toString()) == 1
                && record().applied(BYSTANDER.toString()) == 1
                && plans().isEmpty();
    }

    /// Leaves something in each of them.
    void settle() throws IOException {
        var _ = client().redeploy(SHOP);
        var _ = client().redeploy(BYSTANDER);
        new Visit(url(SHOP, Stack.REDIS, Standing.KEEP)).leave("kept");
        new Visit(url(BYSTANDER, Stack.REDIS, Standing.KEEP)).leave("untouched");
        bystander = identityOfBystander();
    }

    Standing standing() {
        return standing;
    }

    void stands(Standing now) {
        standing = now;
    }

    Stack stack() {
        return stack;
    }

    /// Chooses the engine of the groups that come and go, while there are none.
    void take(Stack chosen) {
        if (standing == Standing.NOTHING) stack = chosen;
    }

    /// What the application has left in the first of the groups that come and go.
    String word() {
        return word;
    }

    void says(String now) {
        word = now;
    }

    Path folder() {
        return folder;
    }

    Path state() {
        return state;
    }

    DaemonProcess daemon() {
        return daemon;
    }

    Client client() {
        return daemon.client();
    }

    ServersFolder servers() {
        return new ServersFolder(state.resolve("servers/here"));
    }

    RecordFile record() {
        return new RecordFile(state.resolve("assent.db"));
    }

    /// Where the variables of a group that comes and goes lead.
    URI url(String group) {
        return url(SHOP, stack, group);
    }

    /// Where the variables of a group lead.
    URI url(ApplicationName application, Stack stack, String group) {
        var name = "%s_%s_URL".formatted(stack.engine(), group).toUpperCase(Locale.ROOT);
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
        if (!daemon.begin()) throw daemon.stuck("the daemon ended right after its start");
    }

    /// The plans that are open.
    List<PlanSummary> plans() {
        return client().plans(Optional.empty(), false).plans();
    }

    /// Commits an application's manifest and pushes it.
    void push(String app, String manifest) throws IOException {
        try {
            git.push("apps/" + app + "/manifest.yml", manifest);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        if (daemon.lives()) announce();
    }

    /// As a forge would; whoever does not hear of it finds it at the next poll.
    private void announce() throws IOException {
        var server = ServerFile.read(folder.resolve("run"));
        if (server.isEmpty()) return;
        var hook =
                HttpRequest.newBuilder(server.get().resolve("/webhooks/platform"))
                        .header("X-Gitlab-Token", WEBHOOK_SECRET)
                        .timeout(Duration.ofSeconds(5))
                        // Each is another one: a repetition would be passed over.
                        .POST(BodyPublishers.ofString("push " + System.nanoTime(), UTF_8))
                        .build();
        try {
            http.send(hook, BodyHandlers.discarding());
        } catch (IOException e) {
            // It was ended meanwhile.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Disk disk() {
        return new Disk(state.resolveSibling("filler"));
    }

    /// Does something beside all else, from now on.
    void beside(Runnable act) {
        over = false;
        disturbing = Thread.ofVirtual().start(act);
    }

    /// Whether the work has ended.
    boolean isOver() {
        return over;
    }

    /// Does something beside all else, once, as soon as the work begins.
    void whenBegun(Runnable act) {
        disturbing = Thread.ofVirtual().unstarted(act);
        whenBegun = disturbing::start;
    }

    /// The work begins: a plan is approved, say.
    void begins() {
        whenBegun.run();
        whenBegun = () -> {};
    }

    /// Waits until what is done beside is done, where it was begun.
    void untilDisturbed() {
        over = true;
        try {
            disturbing.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Does what a person would until something is so: says yes to what waits, decides, and resumes
    /// what has failed. Returns early where the daemon has ended.
    ///
    /// @param destroyed the groups whose destruction is agreed to
    /// @param decision what is said where a plan needs one
    /// @return whether it is so
    boolean drive(List<String> destroyed, Optional<String> decision, BooleanSupplier end) {
        var patience = System.nanoTime() + PATIENCE.toNanos();
        while (daemon.lives()) {
            if (System.nanoTime() > patience) throw daemon.stuck("waited in vain");
            try {
                for (var plan : plans()) answer(plan, destroyed, decision);
                if (end.getAsBoolean()) return true;
            } catch (RefusedException e) {
                // Somebody, or something, was faster.
            } catch (UnreachableException e) {
                // It ends, or is held up.
            }
            pause();
        }
        return false;
    }

    /// Longer than it takes to look: a daemon that has just begun has little strength to spare.
    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param destroyed the groups whose destruction is agreed to
    static ApproveRequest yes(List<String> destroyed) {
        return new ApproveRequest(Optional.empty(), Optional.of(destroyed), Optional.empty());
    }

    private void answer(PlanSummary plan, List<String> destroyed, Optional<String> decision) {
        switch (plan.state()) {
            case "proposed" -> {
                var _ = client().approve(plan.id(), yes(destroyed));
                begins();
            }
            case "failed" -> {
                plan.reason().ifPresent(reasons::add);
                if (System.nanoTime() < resumeAgain) return;
                resumeAgain = System.nanoTime() + RESUME_PAUSE.toNanos();
                var _ = client().apply(plan.id());
            }
            case "needs-decision" -> {
                if (decision.isEmpty()) throw daemon.stuck(plan.id() + " needs a decision");
                var step = Optional.of(client().doubt(plan.id()).step());
                var _ = client().resolve(plan.id(), new ResolveRequest(step, decision));
            }
            default -> {}
        }
    }

    /// From now on it is no wonder that servers say so of themselves.
    void excuse(String beginning) {
        excused.add(beginning);
    }

    boolean isExcused(String detail) {
        return excused.stream().anyMatch(detail::startsWith);
    }

    /// Why plans have failed since this was asked last.
    Set<String> reasons() {
        var said = Set.copyOf(reasons);
        reasons.clear();
        return said;
    }

    /// Ends everything of it.
    @Override
    public void close() {
        daemon.close();
        servers().processes().keySet().forEach(Lane::end);
        git.close();
        http.close();
    }

    private static void end(long pid) {
        ProcessHandle.of(pid)
                .ifPresent(it -> {
                    it.destroyForcibly();
                    it.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
                });
    }
}
