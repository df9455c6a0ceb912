package dev.assent;

import dev.assent.cli.Cli;
import dev.assent.failpoint.Failpoint;
import dev.assent.failpoint.JumpingClock;
import dev.assent.forge.Forges;
import dev.assent.forge.command.Commands;
import dev.assent.http.AdminToken;
import dev.assent.http.Listen;
import dev.assent.http.ListenException;
import dev.assent.http.Reload;
import dev.assent.http.RestServer;
import dev.assent.http.ServerFile;
import dev.assent.http.StoreArchive;
import dev.assent.http.StoreDesk;
import dev.assent.manifest.Look;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.model.Catalogue;
import dev.assent.observation.Observer;
import dev.assent.observation.Observers;
import dev.assent.provider.ProviderException;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import dev.assent.reconcile.Backups;
import dev.assent.reconcile.DeathWatch;
import dev.assent.reconcile.Declarations;
import dev.assent.reconcile.Delivery;
import dev.assent.reconcile.Externals;
import dev.assent.reconcile.HeadPublisher;
import dev.assent.reconcile.Inquiry;
import dev.assent.reconcile.JobStore;
import dev.assent.reconcile.PollJobs;
import dev.assent.reconcile.Postman;
import dev.assent.reconcile.Pulse;
import dev.assent.reconcile.Reconciler;
import dev.assent.reconcile.Supervisor;
import dev.assent.reconcile.Takeover;
import dev.assent.reconcile.Tenure;
import dev.assent.reconcile.Watchdog;
import dev.assent.reconcile.discussion.Discussions;
import dev.assent.reconcile.notification.Herald;
import dev.assent.reconcile.notification.Notifications;
import dev.assent.source.GitSource;
import dev.assent.source.SignedObjects;
import dev.assent.source.SourceException;
import dev.assent.state.DaemonFolder;
import dev.assent.state.RecordFile;
import dev.assent.state.RecordPlace;
import dev.assent.state.RecordServer;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.StateException;
import dev.assent.state.StateFolder;
import dev.assent.state.Store;
import dev.assent.systemd.CredentialFiles;
import dev.assent.systemd.Hangup;
import dev.assent.systemd.OpenedSocket;
import dev.assent.systemd.Systemd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds every object by hand; the only class that knows all packages.
final class Wiring {

    private static final int ENDED = 0;
    private static final int COULD_NOT_RUN = 2;

    private Wiring() {}

    /// A reader that takes the work done for a file for its time, not how long it has to wait for
    /// the processor.
    static ManifestReader manifests() {
        return new ManifestReader(() -> {
            var threads = ManagementFactory.getThreadMXBean();
            return threads.isCurrentThreadCpuTimeSupported()
                    ? threads.getCurrentThreadCpuTime()
                    : System.nanoTime();
        });
    }

    /// Runs the daemon until it is told to end.
    ///
    /// @param node what it is called among those that share its record
    /// @param look how what is wrong with the configuration is shown
    /// @return the exit code
    static int daemon(
            Path configuration,
            Path state,
            Path run,
            Optional<Listen> listen,
            Optional<String> node,
            Supplier<Look> look) {
        try {
            Failpoint.inForce().ifPresent(Wiring::warn);
        } catch (IllegalArgumentException e) {
            return refused("assent: " + e.getMessage());
        }
        try {
            folder(state, "rwx--x--x");
            folder(run, "rwxr-x---");
            // Side by side: each loads some thousand classes, which is most of a start's time.
            var observers = new Observers();
            var file = new RecordFile(StateFolder.database(state));
            var early =
                    Loaded.mayNameRecord(configuration, System.getenv())
                            ? Optional.<CompletableFuture<Store>>empty()
                            : Optional.of(
                                    CompletableFuture.supplyAsync(
                                            () -> store(file, state, observers)));
            var loading = Loaded.from(configuration, System.getenv());
            RestServer.prepare();
            return switch (loading) {
                case Loaded.Loading.Good(var loaded) -> {
                    var place = loaded.configuration().record().<RecordPlace>map(it -> it);
                    var store =
                            early.map(CompletableFuture::join)
                                    .orElseGet(() -> store(place.orElse(file), state, observers));
                    yield daemon(configuration, loaded, store, observers, state, run, listen, node);
                }
                case Loaded.Loading.Bad(var problems) -> refused(problems, look.get());
            };
        } catch (CompletionException e) {
            return refused("assent: " + Optional.ofNullable(e.getCause()).orElse(e).getMessage());
        } catch (StateException | ListenException | ProviderException | SourceException e) {
            return refused("assent: " + e.getMessage());
        } catch (NoSuchFileException e) {
            return refused(
                    "assent: there is no %s; write it, or name another configuration with --config FILE"
                            .formatted(e.getFile()));
        } catch (AccessDeniedException e) {
            return refused(
                    "assent: `%s` may not read or make %s; run the daemon as the user that it belongs to, or name others with --config, --state and --run"
                            .formatted(System.getProperty("user.name"), e.getFile()));
        } catch (IOException e) {
            return refused(
                    "assent: could not start with %s, %s and %s: %s"
                            .formatted(configuration, state, run, e.getMessage()));
        }
    }

    private static void warn(String failpoints) {
        LoggerFactory.getLogger(Wiring.class)
                .warn("this daemon is made to fail, for a test: -D{}", failpoints);
    }

    private static int refused(List<Problem> problems, Look look) {
        return refused(
                problems.stream()
                        .map(it -> ProblemText.of(it, it.severity(), look))
                        .collect(Collectors.joining("\n")));
    }

    private static int refused(String why) {
        System.err.println(why);
        return COULD_NOT_RUN;
    }

    private static Store store(RecordPlace place, Path state, Observer observer) {
        var clock = JumpingClock.orSystem();
        return switch (place) {
            case RecordServer _ -> Store.open(place, key(state), clock, observer);
            case RecordFile _ -> {
                StateFolder.enter(state);
                var store = Store.open(place, key(state), clock, observer);
                StateFolder.begun(state);
                StateFolder.deleteUnfinishedCopies(state);
                yield store;
            }
        };
    }

    private static int daemon(
            Path configuration,
            Loaded loaded,
            Store store,
            Observers observers,
            Path state,
            Path run,
            Optional<Listen> asked,
            Optional<String> node)
            throws IOException {
        var opened = OpenedSocket.of(System.getenv(), ProcessHandle.current().pid());
        var listen =
                opened.map(it -> Listen.at(it.address(), asked))
                        .orElse(asked.orElse(Listen.DEFAULT));
        var clock = JumpingClock.orSystem();
        var open = new Open();
        var systemd = Systemd.of(System.getenv(), ProcessHandle.current().pid());
        var notReady = new AtomicReference<>(Optional.of("the daemon is starting"));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    systemd.stopping();
                                    notReady.set(Optional.of("the daemon is stopping"));
                                    open.close();
                                },
                                "stop"));

        open.add(store);
        var shared = loaded.configuration().record().isPresent();
        var name = node.isPresent() ? node.get() : Node.machine();
        var own = shared ? open.add(DaemonFolder.own(state, name)).path() : state;
        var life = shared ? Optional.of(Node.life(store, name)) : Optional.<Tenure>empty();
        life.ifPresent(it -> open.add(it).start());
        BooleanSupplier duty = () -> life.isEmpty() || life.get().isOnDuty();
        var tracing = open.add(new Tracing());
        tracing.prepare(loaded.configuration().traces()).run();
        var settings = open.add(new InForce(loaded, state));
        var mirrors = folder(own.resolve("mirrors"), "rwx------");
        var source = new GitSource(mirrors, settings::signers);
        if (shared) source.share(() -> !store.isBeingDecided());
        var declarations = new Declarations(store, source, manifests(), settings);
        var inquiry = new Inquiry(store, declarations, manifests(), settings);
        var discussions =
                open.add(
                        new Discussions(
                                store,
                                settings,
                                inquiry,
                                settings.all(),
                                settings.configuration().forges(),
                                (repository, it) -> Forges.of(it, repository, observers),
                                Commands::in,
                                clock));
        var told = settings.configuration().notifications();
        var notifications = open.add(new Notifications(told, clock));
        var postman = open.add(postman(store, notifications, discussions, clock));
        var herald = open.add(new Herald(store, told, clock));
        herald.onlyWhile(duty);
        herald.start();
        postman.onlyWhile(duty);
        postman.start();
        var reconciler =
                open.add(
                        new Reconciler(
                                store,
                                source,
                                manifests(),
                                settings,
                                settings,
                                new SignedObjects(source, settings::signers),
                                discussions,
                                clock,
                                observers));
        if (shared) reconciler.share(duty);
        var supervisor = new Supervisor(store, settings);
        var pulse = new Pulse(System::nanoTime);
        var jobs =
                new PollJobs(reconciler, settings.all(), pulse, jobStore(life, store, open), clock);
        var counting =
                open.add(
                        new Counting(
                                settings,
                                store,
                                supervisor,
                                pulse,
                                reconciler::seen,
                                state,
                                notReady::get,
                                clock));
        reconciler.whenApplied(counting::look);
        var delivery =
                new Delivery(
                        store, declarations, it -> settings.configuration().rule(it).redeploy());
        var admin = AdminToken.readOrCreate(run);
        var entry = open.add(new Entry(admin, loaded, store, jobs, clock));
        var reloading =
                new Reloading(
                        configuration,
                        System.getenv(),
                        store,
                        settings,
                        other -> {
                            var access = entry.prepare(other);
                            var now = other.configuration();
                            var parts =
                                    List.of(
                                            settings.prepare(other),
                                            discussions.prepare(now.repositories(), now.forges()),
                                            notifications.prepare(now.notifications()),
                                            herald.prepare(now.notifications()),
                                            tracing.prepare(now.traces()));
                            return () -> {
                                parts.forEach(Runnable::run);
                                entry.take(other, access);
                                jobs.follow(now.repositories());
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("settings")
                                        .start(reconciler::settingsChanged);
                            };
                        });
        var status = new StatusLine(store, settings);
        Function<String, Reload> reload =
                who -> {
                    systemd.reloading();
                    try {
                        return reloading.reload(who);
                    } finally {
                        systemd.ready(status.get());
                    }
                };
        var publisher =
                new HeadPublisher(
                        store,
                        source,
                        () -> settings.configuration().published(),
                        settings::all,
                        clock);
        var desk =
                new StoreDesk(
                        store,
                        reconciler,
                        supervisor,
                        delivery,
                        new Externals(store, declarations),
                        inquiry,
                        settings,
                        reload,
                        counting.vitals(),
                        new StoreArchive(store, state, Cli.version(), publisher::published));
        // Before anybody can start a plan: else one that was interrupted could be started twice.
        if (!shared) reconciler.resume();
        var server = open.add(RestServer.start(listen, opened, entry::now, desk, observers));
        // Closed before the server, so that who waits for a redeploy hears what became of it.
        open.add(delivery);
        ServerFile.write(run, server.url());
        open.add(jobs).start();
        notReady.set(Optional.empty());
        LoggerFactory.getLogger(Wiring.class).info("assent listens at {}", server.url());
        Hangup.whenSent(() -> {
            // What came of it is in the log: whoever sends a signal hears nothing.
            var _ = reload.apply("SIGHUP");
        });
        open.add(new Watchdog(systemd, pulse, status)).start();

        // Once what one node does for all has ended here, others do it: the rest may take longer.
        life.ifPresent(it ->
                open.add(() -> {
                    herald.close();
                    postman.close();
                    it.resign();
                }));

        // Not before: whoever waits for the daemon waits for nothing of this.
        counting.start(observers);
        var backups =
                open.add(
                        new Backups(
                                store,
                                () -> settings.configuration().backups(),
                                state,
                                Cli.version(),
                                clock));
        backups.onlyWhile(duty);
        backups.start();
        publisher.onlyWhile(duty);
        open.add(publisher).start();
        var deaths = open.add(new DeathWatch(store, settings, clock));
        deaths.onlyWhile(duty);
        deaths.start();
        if (shared) {
            List<Runnable> news = List.of(herald::wake, postman::wake);
            open.add(new Takeover(store, reconciler, duty, news, counting::look)).start();
            // Not before: who does it for all must not be one that still starts.
            life.ifPresent(Tenure::volunteer);
        } else {
            reconciler.planAll();
        }
        return open.untilClosed();
    }

    private static JobStore jobStore(Optional<Tenure> life, Store store, Open open) {
        return life.flatMap(it ->
                        store.jobTables()
                                .map(open::add)
                                .<JobStore>map(tables -> new JobStore.Shared(it.holder(), tables)))
                .orElseGet(JobStore.Alone::new);
    }

    /// Carries letters to people and to forges.
    private static Postman postman(
            Store store,
            Notifications notifications,
            Discussions discussions,
            InstantSource clock) {
        return new Postman(
                store.outbox(),
                Map.of(Notifications.PREFIX, notifications::carrier, "forge", discussions::carrier),
                clock);
    }

    /// Makes a folder with these permissions; one that is there keeps its own. The servers' user
    /// has to pass through the state folder, and may look into nothing but its own.
    private static Path folder(Path folder, String permissions) throws IOException {
        return Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    }

    /// The key of a systemd credential, where the service has one; else one in the state folder.
    private static SecretKeyFile key(Path state) {
        return CredentialFiles.credential(System.getenv(), "secret.key")
                .map(SecretKeyFile::read)
                .orElseGet(() -> SecretKeyFile.readOrCreate(StateFolder.key(state)));
    }

    /// What could be built on this machine by a provider with the usual settings.
    static Catalogue catalogue() {
        var nowhere = Path.of(System.getProperty("java.io.tmpdir"), "assent");
        try (var provider = new LocalProvider("here", LocalSettings.in(nowhere, nowhere))) {
            return provider.catalogue();
        }
    }

    /// What is open, closed in the opposite order when the process is told to end.
    private static final class Open implements AutoCloseable {

        private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

        private final Deque<AutoCloseable> parts = new ArrayDeque<>();
        private final CountDownLatch closed = new CountDownLatch(1);

        private synchronized <T extends AutoCloseable> T add(T part) {
            parts.push(part);
            return part;
        }

        private int untilClosed() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ENDED;
        }

        @Override
        public synchronized void close() {
            while (!parts.isEmpty()) {
                var part = parts.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.warn("{} could not be closed", part.getClass().getSimpleName(), e);
                }
            }
            closed.countDown();
        }
    }
}
