package dev.assent.apply;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.Desired;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.observation.Observer;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Planner;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import dev.assent.state.Assent;
import dev.assent.state.Clearance;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample with clusters of three engines, on real servers.
class ClustersIT {

    private static final Path SAMPLE = Path.of("../samples/clusters/.cloud66/manifest.yml");

    @TempDir Path folder;

    private Store store;
    private LocalProvider provider;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.system());
        var first = 20_000 + 20 * new SecureRandom().nextInt(400);
        provider =
                new LocalProvider(
                        "here",
                        LocalSettings.in(folder.resolve("servers"), folder.resolve("programs"))
                                .withPorts(first, first + 19));
    }

    @AfterEach
    void close() {
        for (var group : store.records().of(SHOP).groups().reversed()) {
            for (var server : group.servers().reversed()) {
                provider.remove(key(group, server), Progress.SILENT);
            }
        }
        provider.close();
        store.close();
    }

    @Test
    void three_engines_with_replicas_and_a_replication_are_built_and_then_there_is_nothing_to_do()
            throws IOException {
        var desired = desired();
        var plan = plan(desired);

        apply(plan);

        var applied = store.plans().find(plan.digest().toString()).orElseThrow();
        assertThat(applied.state()).as(applied.reason().orElse("")).isEqualTo(PlanState.APPLIED);
        assertThat(plan(desired))
                .satisfies(it -> assertThat(it.isEmpty()).isTrue())
                .satisfies(it -> assertThat(it.notices()).isEmpty());
        assertThat(roles())
                .containsExactlyInAnyOrder(
                        "main-1 primary",
                        "main-2 replica",
                        "main-3 replica",
                        "reports-1 replica",
                        "orders-1 primary",
                        "orders-2 replica",
                        "cache-1 primary",
                        "cache-2 replica");
        assertThat(credentials("postgresql/reports"))
                .as("a copy has the users of what it is a copy of")
                .isEqualTo(credentials("postgresql/main"));
    }

    /// Each server as it says itself, by a connection; what is wrong with one stands beside it.
    private List<String> roles() {
        return store.records().of(SHOP).groups().stream()
                .flatMap(group -> group.servers().stream().map(it -> role(group, it)))
                .toList();
    }

    private String role(RecordedGroup group, RecordedServer server) {
        Health health = provider.health(key(group, server), credentials(group.name().toString()));
        var role = health.answer().map(it -> it.replica() ? "replica" : "primary").orElse("?");
        return server.name() + " " + role + health.detail().map(it -> ": " + it).orElse("");
    }

    private GroupCredentials credentials(String group) {
        return store.credentials().get(SHOP, group(group)).orElseThrow();
    }

    private static ServerKey key(RecordedGroup group, RecordedServer server) {
        return new ServerKey(SHOP, group.name(), server.name());
    }

    private static Desired desired() throws IOException {
        var reader =
                new ManifestReader(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
        return switch (reader.read("manifest.yml", Files.readAllBytes(SAMPLE), List.of())) {
            case Reading.Valid(var manifest, var _) -> manifest.desired(SHOP);
            case Reading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private Plan plan(Desired desired) {
        return Planner.plan(
                desired, store.records().of(SHOP), provider.catalogue(), Optional.empty());
    }

    private void apply(Plan plan) {
        store.plans().propose(plan, new Provenance("platform", "manifest.yml", "abcd"));
        var all =
                plan.changes().stream()
                        .map(PlannedChange::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        var assent = new Assent("ada", "cli", InstantSource.system().instant(), all);
        store.plans().decide(plan.digest(), _ -> new Verdict.Approve(assent, Optional.empty()));
        switch (store.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())) {
            case Start.Started(var approval) ->
                    new Applier(store, _ -> provider, Observer.NOBODY).apply(approval);
            case Start.Refused(var why) -> throw new AssertionError(why);
        }
    }
}
