package dev.assent.reconcile;

import static dev.assent.plan.Given.group;
import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.PlanState;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real PostgreSQL group with a replica, to which somebody does something by hand.
class DriftIT {

    private static final ServerKey REPLICA =
            new ServerKey(SHOP, group("postgresql/main"), new ServerName("b"));

    @TempDir static Path cache;
    @TempDir Path folder;
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);

    @Test
    void a_replica_that_is_promoted_by_hand_is_found_and_planned_for_and_stays_as_it_is()
            throws Exception {
        try (var provider = provider();
                var store = store();
                var git = new GitRepository(folder)) {
            var settings = new TestSettings(provider);
            try (var reconciler = reconciler(store, git, settings)) {
                build(store, git, reconciler);
                var supervisor = new Supervisor(store, settings);
                try (var lookout = new Lookout(store.records()::all, supervisor::health, clock)) {
                    lookout.whenSeen(reconciler::seen);
                    await().until(() -> supervisor.health(REPLICA).lag().isPresent());
                    lookTwice(lookout);
                    assertThat(store.findings().all()).isEmpty();
                    var before = supervisor.health(REPLICA);

                    promoteByHand(store);
                    lookTwice(lookout);

                    assertThat(store.findings().of(SHOP))
                            .extracting(it -> it.finding().kind())
                            .containsExactly(Kind.WRITABLE);
                    assertThat(plans(store, PlanState.PROPOSED).getFirst().plan().changes())
                            .extracting(PlannedChange::change)
                            .containsExactly(
                                    new ResyncServer(REPLICA.group(), REPLICA.server(), true));
                    var now = supervisor.health(REPLICA);
                    assertThat(now.state()).isEqualTo(Health.State.RUNNING);
                    assertThat(now.pid()).isEqualTo(before.pid());
                    assertThat(now.answer().orElseThrow().replica()).isFalse();
                }
            } finally {
                remove(store, provider);
            }
        }
    }

    private void lookTwice(Lookout lookout) {
        lookout.goRound();
        ahead = ahead.plus(Duration.ofMinutes(1));
        lookout.goRound();
    }

    private LocalProvider provider() throws Exception {
        for (var ours : List.of(folder, cache)) {
            Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        // Somewhere else in each run: the tests of another working tree may run beside these.
        var first = 20_000 + 20 * new SecureRandom().nextInt(490);
        return new LocalProvider(
                "here",
                LocalSettings.in(folder.resolve("servers"), cache).withPorts(first, first + 19));
    }

    private Store store() {
        return Store.open(
                folder.resolve("assent.db"),
                SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                clock);
    }

    private Reconciler reconciler(Store store, GitRepository git, TestSettings settings) {
        return new Reconciler(
                store,
                new GitSource(folder.resolve("mirrors")),
                new ManifestReader(System::nanoTime),
                settings,
                Watched.only(List.of(repository(git))),
                clock);
    }

    private static Repository repository(GitRepository git) {
        return new Repository(
                "platform",
                git.url(),
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(1));
    }

    private static void build(Store store, GitRepository git, Reconciler reconciler)
            throws Exception {
        git.push(
                MANIFEST,
                """
                postgresql:
                  groups:
                    main:
                      configuration: {version: "18"}
                      servers:
                      - server: {unique_name: a}
                      - server: {unique_name: b}
                """);
        reconciler.poll(repository(git));
        var plan = plans(store, PlanState.PROPOSED).getFirst();
        var consent = new Consent(Optional.of(plan.digest()), Set.of(), false);
        reconciler.approve(
                new Yes(plan.digest().toString(), Speaker.admin("ada", Channel.CLI), consent));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> plans(store, PlanState.APPLYING).isEmpty());
        assertThat(plans(store, PlanState.APPLIED)).hasSize(1);
    }

    private static List<StoredPlan> plans(Store store, PlanState state) {
        return store.plans().list(Optional.empty(), 100).stream()
                .filter(it -> it.state() == state)
                .toList();
    }

    private static void promoteByHand(Store store) throws SQLException {
        var credentials = store.credentials().get(SHOP, REPLICA.group()).orElseThrow();
        var endpoint =
                store.records()
                        .of(SHOP)
                        .group(REPLICA.group())
                        .flatMap(it -> it.server(REPLICA.server()))
                        .map(RecordedServer::endpoint)
                        .orElseThrow();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://%s/postgres".formatted(endpoint),
                                "assent_admin",
                                credentials.admin().reveal());
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_promote()");
        }
    }

    private static void remove(Store store, LocalProvider provider) {
        for (var recorded : store.records().all()) {
            for (var group : recorded.groups()) {
                for (var server : group.servers().reversed()) {
                    var key = new ServerKey(recorded.application(), group.name(), server.name());
                    provider.remove(key, Progress.SILENT);
                }
            }
        }
    }
}
