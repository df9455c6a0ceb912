package dev.assent;

import dev.assent.apply.Beginning;
import dev.assent.approval.Person;
import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.cli.Cli;
import dev.assent.configuration.AccessSettings;
import dev.assent.configuration.Configuration;
import dev.assent.configuration.ConfigurationReader;
import dev.assent.configuration.ConfigurationReading;
import dev.assent.configuration.ProviderSettings;
import dev.assent.configuration.TracesSettings;
import dev.assent.forge.Forges;
import dev.assent.forge.command.Commands;
import dev.assent.http.Access;
import dev.assent.http.AdminToken;
import dev.assent.http.Listen;
import dev.assent.http.ListenException;
import dev.assent.http.RestServer;
import dev.assent.http.ServerFile;
import dev.assent.http.StoreDesk;
import dev.assent.http.Webhooks;
import dev.assent.http.oidc.OidcIssuer;
import dev.assent.manifest.Look;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import dev.assent.reconcile.ApplicationSettings;
import dev.assent.reconcile.Declarations;
import dev.assent.reconcile.Delivery;
import dev.assent.reconcile.Externals;
import dev.assent.reconcile.Inquiry;
import dev.assent.reconcile.PollJobs;
import dev.assent.reconcile.Postman;
import dev.assent.reconcile.Reconciler;
import dev.assent.reconcile.Supervisor;
import dev.assent.reconcile.discussion.Discussions;
import dev.assent.reconcile.notification.Herald;
import dev.assent.reconcile.notification.Notifications;
import dev.assent.source.GitSource;
import dev.assent.source.SignedObjects;
import dev.assent.source.SourceException;
import dev.assent.source.signature.Signer;
import dev.assent.source.signature.Signers;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import dev.assent.trace.Traces;
import dev.assent.trace.otlp.OtlpFollower;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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
    /// @param look how what is wrong with the configuration is shown
    /// @return the exit code
    static int daemon(
            Path configuration,
            Path state,
            Path run,
            Optional<Listen> listen,
            Supplier<Look> look) {
        try {
            folder(state, "rwx--x--x");
            folder(run, "rwxr-x---");
            // Side by side: each loads some thousand classes, which is most of a start's time.
            var store = CompletableFuture.supplyAsync(() -> store(state));
            var reading = read(configuration);
            RestServer.prepare();
            return switch (reading) {
                case ConfigurationReading.Valid(var valid) ->
                        switch (policy(configuration, valid)) {
                            case PolicyReading.Valid(var policy, _) ->
                                    daemon(
                                            valid,
                                            policy,
                                            store.join(),
                                            state,
                                            run,
                                            listen.orElse(Listen.DEFAULT));
                            case PolicyReading.Invalid(var problems) ->
                                    refused(problems, look.get());
                        };
                case ConfigurationReading.Invalid(var problems) -> refused(problems, look.get());
            };
        } catch (CompletionException e) {
            return refused("assent: " + Optional.ofNullable(e.getCause()).orElse(e).getMessage());
        } catch (StateException | ListenException | ProviderException | SourceException e) {
            return refused("assent: " + e.getMessage());
        } catch (IOException e) {
            return refused("assent: could not read or make " + e.getMessage());
        }
    }

    private static ConfigurationReading read(Path file) throws IOException {
        return new ConfigurationReader().read(file.toString(), Files.readAllBytes(file));
    }

    /// The policy that the configuration names, beside it where it is no whole path; never one that
    /// stands in a repository.
    private static PolicyReading policy(Path file, Configuration configuration) throws IOException {
        if (configuration.policy().isEmpty()) {
            return new PolicyReading.Valid(Policy.BUILT_IN, List.of());
        }
        var policy = file.resolveSibling(configuration.policy().get());
        return new PolicyReader().read(policy.toString(), Files.readAllBytes(policy));
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

    private static Store store(Path state) {
        return Store.open(state.resolve("assent.db"), key(state), InstantSource.system());
    }

    private static int daemon(
            Configuration configuration,
            Policy policy,
            Store store,
            Path state,
            Path run,
            Listen listen)
            throws IOException {
        var clock = InstantSource.system();
        var open = new Open();
        Runtime.getRuntime().addShutdownHook(new Thread(open::close, "stop"));

        open.add(store);
        configuration.traces().ifPresent(it -> Traces.follow(open.add(follower(it))));
        var applications = open.add(new Applications(configuration, policy, state));
        var signers = signers(policy);
        var source = new GitSource(folder(state.resolve("mirrors"), "rwx------"), signers);
        var declarations =
                new Declarations(store, source, manifests(), configuration.repositories());
        var inquiry = new Inquiry(store, declarations, manifests(), applications);
        var discussions =
                open.add(
                        new Discussions(
                                store,
                                applications,
                                inquiry,
                                configuration.repositories(),
                                forges(configuration),
                                Commands::in,
                                clock));
        startTelling(open, configuration, store, discussions, clock);
        var reconciler =
                open.add(
                        new Reconciler(
                                store,
                                source,
                                manifests(),
                                applications,
                                configuration.repositories(),
                                new SignedObjects(source, signers),
                                discussions,
                                clock));
        var supervisor = new Supervisor(store, applications);
        var jobs = new PollJobs(reconciler, configuration.repositories(), clock);
        var notReady = new AtomicReference<>(Optional.of("the daemon is starting"));
        var delivery = new Delivery(store, declarations, it -> configuration.rule(it).redeploy());
        var externals = new Externals(store, declarations);
        var desk =
                new StoreDesk(
                        store, reconciler, supervisor, delivery, externals, inquiry, notReady::get);
        // Before anybody can start a plan: else one that was interrupted could be started twice.
        reconciler.resume();
        var access = open.add(new Entry(configuration.access(), policy, store, jobs, clock));
        var server =
                open.add(RestServer.start(listen, access.with(AdminToken.readOrCreate(run)), desk));
        // Closed before the server, so that who waits for a redeploy hears what became of it.
        open.add(delivery);
        ServerFile.write(run, server.url());
        open.add(jobs).start();
        notReady.set(Optional.empty());
        LoggerFactory.getLogger(Wiring.class).info("assent listens at {}", server.url());

        supervisor.startStopped();
        reconciler.planAll();
        return open.untilClosed();
    }

    /// Loaded only where the configuration wants it.
    private static OtlpFollower follower(TracesSettings it) {
        return new OtlpFollower(it.endpoint(), it.headersFile(), Cli.version());
    }

    /// Whose signatures count: those of the people whom the policy knows.
    private static Signers signers(Policy policy) {
        try {
            return Signers.of(
                    policy.people().all().stream()
                            .map(it -> new Signer(it.name(), it.sshKeys(), it.pgpKeys()))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new SourceException("the keys of the policy's people: " + e.getMessage(), e);
        }
    }

    private static Map<String, Discussions.At> forges(Configuration configuration) {
        var forges = new LinkedHashMap<String, Discussions.At>();
        configuration
                .forges()
                .forEach((name, it) ->
                        forges.put(name, new Discussions.At(Forges.of(it), it.kind())));
        return forges;
    }

    /// Has what happens told to whom the configuration names, and what is to be said at forges.
    private static void startTelling(
            Open open,
            Configuration configuration,
            Store store,
            Discussions discussions,
            InstantSource clock) {
        var told = configuration.notifications();
        var notifications = open.add(new Notifications(told, clock));
        var postman =
                open.add(
                        new Postman(
                                store.outbox(),
                                Map.of(
                                        Notifications.PREFIX,
                                        notifications::carrier,
                                        "forge",
                                        discussions::carrier),
                                clock));
        open.add(new Herald(store, told, clock)).start();
        postman.start();
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
        return Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY"))
                .map(it -> Path.of(it, "secret.key"))
                .filter(Files::exists)
                .map(SecretKeyFile::read)
                .orElseGet(() -> SecretKeyFile.readOrCreate(state.resolve("secret.key")));
    }

    /// What could be built on this machine by a provider with the usual settings.
    static Catalogue catalogue() {
        var nowhere = Path.of(System.getProperty("java.io.tmpdir"), "assent");
        try (var provider = new LocalProvider("here", LocalSettings.in(nowhere, nowhere))) {
            return provider.catalogue();
        }
    }

    /// The providers of the configuration, and which application has which.
    private static final class Applications implements ApplicationSettings, AutoCloseable {

        private final Configuration configuration;
        private final Policy policy;
        private final Map<String, Provider> providers = new LinkedHashMap<>();

        private Applications(Configuration configuration, Policy policy, Path state) {
            this.configuration = configuration;
            this.policy = policy;
            configuration
                    .providers()
                    .forEach((name, settings) ->
                            providers.put(name, provider(name, settings, state)));
        }

        private static Provider provider(String name, ProviderSettings settings, Path state) {
            return switch (settings) {
                case ProviderSettings.Local local -> {
                    var plain =
                            LocalSettings.in(
                                            state.resolve("servers").resolve(name),
                                            state.resolve("programs"))
                                    .withPorts(local.firstPort(), local.lastPort())
                                    .withArchives(local.download());
                    var homed =
                            hasHome() ? plain : plain.withMavenRepository(state.resolve("maven"));
                    yield new LocalProvider(
                            name, local.runAs().map(homed::withRunAs).orElse(homed));
                }
            };
        }

        /// A user without a home has no Maven repository in it either.
        private static boolean hasHome() {
            return Files.isWritable(Path.of(System.getProperty("user.home")));
        }

        @Override
        public Provider provider(ApplicationName application) {
            var name = configuration.rule(application).provider();
            return Optional.ofNullable(providers.get(name)).orElseThrow();
        }

        @Override
        public Beginning beginning(ApplicationName application) {
            return configuration.rule(application).beginning();
        }

        @Override
        public Duration destroyAfter(ApplicationName application) {
            return configuration.rule(application).destroyAfter();
        }

        @Override
        public Policy policy() {
            return policy;
        }

        @Override
        public Duration planTtl() {
            return configuration.planTtl();
        }

        @Override
        public void close() {
            providers.values().forEach(Provider::close);
        }
    }

    /// How people and forges come in, as the configuration says.
    private static final class Entry implements AutoCloseable {

        private final AccessSettings settings;
        private final Optional<OidcIssuer> oidc;
        private final Webhooks webhooks;

        private Entry(
                AccessSettings settings,
                Policy policy,
                Store store,
                PollJobs jobs,
                InstantSource clock) {
            this.settings = settings;
            this.oidc =
                    settings.oidc()
                            .map(it -> new OidcIssuer(it, name -> person(policy, name), clock));
            this.webhooks =
                    Webhooks.of(settings.webhooks(), store.deliveries()::isNew, jobs::soon, clock);
        }

        private static Optional<String> person(Policy policy, String name) {
            return policy.people().withOidc(name).map(Person::name);
        }

        private Access with(AdminToken admin) {
            return new Access(settings.names(), admin, oidc, webhooks);
        }

        @Override
        public void close() {
            oidc.ifPresent(OidcIssuer::close);
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
