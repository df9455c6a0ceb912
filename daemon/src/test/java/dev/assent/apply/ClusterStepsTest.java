package dev.assent.apply;

import static dev.assent.plan.Given.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.observation.Observer;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.Repair;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Effect;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.provider.Health;
import dev.assent.provider.Provider;
import dev.assent.state.Approval;
import dev.assent.state.Assent;
import dev.assent.state.Clearance;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStepsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ApplicationName SHOP = new ApplicationName("shop", "production");
    private static final ApplicationName BLOG = new ApplicationName("blog", "production");
    private static final ApplicationName WIKI = new ApplicationName("wiki", "production");
    private static final GroupName MAIN = group("postgresql/main");

    @TempDir Path folder;

    private final ScriptedProvider provider = new ScriptedProvider();
    private Store store;
    private Applier applier;

    @BeforeEach
    void open() {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.fixed(NOW));
        applier = new Applier(store, cascading(), Observer.NOBODY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Providers cascading() {
        return new Providers() {
            @Override
            public Provider of(ApplicationName application) {
                return provider;
            }

            @Override
            public Catalogue catalogue(ApplicationName application) {
                return provider.catalogue().withCascading(true);
            }
        };
    }

    @Test
    void a_rule_that_forbids_it_by_now_is_told_with_its_code_and_nothing_is_lost() {
        create(SHOP, "a");
        create(BLOG, "x");
        var change = new StartReplication(MAIN, new GroupAddress(BLOG, MAIN));
        var plan = proposed(SHOP, change);
        follow(BLOG, SHOP);

        applier.apply(start(plan));

        var failed = store.plans().find(plan.digest().toString()).orElseThrow();
        assertThat(failed.reason().orElseThrow())
                .contains("cannot follow")
                .containsPattern("ASN\\d{4}");
        assertThat(asked()).containsExactly("rebuild x from a");
    }

    @Test
    void a_promotion_fences_the_old_primary_and_everybody_follows_the_new_one() {
        create(SHOP, "a", "b", "c");

        apply(SHOP, promotion("c", "a", false));

        assertThat(asked())
                .containsExactly(
                        "fence a for c", "promote c", "follow b from c", "follow a from c");
        assertThat(servers(SHOP)).containsExactly("c", "a", "b");
        assertThat(store.records().of(SHOP).serial()).isEqualTo(2);
    }

    @Test
    void whoever_follows_the_group_follows_its_new_primary_server() {
        create(SHOP, "a", "b");
        create(BLOG, "x");
        follow(BLOG, SHOP);

        apply(SHOP, promotion("b", "a", false));

        assertThat(asked()).endsWith("follow a from b", "follow x from b");
    }

    @Test
    void a_primary_that_is_given_up_is_not_waited_for_and_becomes_a_fresh_copy() {
        create(SHOP, "a", "b");

        apply(SHOP, promotion("b", "a", true));

        assertThat(asked()).containsExactly("forsake a", "promote b", "rebuild a from b");
        assertThat(servers(SHOP)).containsExactly("b", "a");
    }

    @Test
    void a_promotion_that_breaks_off_after_it_is_recorded_goes_on_there() {
        create(SHOP, "a", "b", "c");
        provider.breakServer("b");

        var plan = apply(SHOP, promotion("c", "a", false));

        assertThat(store.plans().find(plan.digest().toString()).orElseThrow().state())
                .isEqualTo(PlanState.FAILED);
        assertThat(servers(SHOP)).as("the truth").containsExactly("c", "a", "b");

        provider.mendServer("b");
        applier.apply(start(plan));

        assertThat(asked())
                .containsExactly(
                        "fence a for c", "promote c", "follow b from c", "follow a from c");
        assertThat(store.plans().find(plan.digest().toString()).orElseThrow().state())
                .isEqualTo(PlanState.APPLIED);
    }

    @Test
    void a_group_that_follows_another_one_has_its_users_and_passwords() {
        create(SHOP, "a");
        create(BLOG, "x");

        follow(BLOG, SHOP);

        assertThat(asked()).containsExactly("rebuild x from a");
        assertThat(credentials(BLOG)).isEqualTo(credentials(SHOP));
        assertThat(store.records().of(BLOG).group(MAIN).orElseThrow().standing().replicatesFrom())
                .contains(new GroupAddress(SHOP, MAIN));
    }

    @Test
    void a_group_that_follows_nobody_any_more_keeps_user_and_database_and_has_its_own_secrets() {
        create(SHOP, "a");
        create(BLOG, "x");
        follow(BLOG, SHOP);
        var before = credentials(BLOG);

        apply(BLOG, new StopReplication(MAIN, new GroupAddress(SHOP, MAIN)));

        assertThat(asked()).endsWith("promote x", "rekey x");
        var after = credentials(BLOG);
        assertThat(after.username()).isEqualTo(before.username());
        assertThat(after.database()).isEqualTo(before.database());
        assertThat(after.password()).isEqualTo(before.password());
        assertThat(after.admin()).isNotEqualTo(before.admin());
        assertThat(after.replication()).isNotEqualTo(before.replication());
        assertThat(credentials(SHOP)).as("those of its source").isEqualTo(before);
        assertThat(store.records().of(BLOG).group(MAIN).orElseThrow().standing().replicatesFrom())
                .isEmpty();
    }

    @Test
    void new_passwords_reach_the_primary_server_its_replicas_and_whoever_follows() {
        create(SHOP, "a", "b");
        create(BLOG, "x");
        create(WIKI, "y");
        follow(BLOG, SHOP);
        follow(WIKI, BLOG);
        var before = credentials(SHOP);

        apply(SHOP, new RotateCredentials(MAIN, false));

        assertThat(asked()).endsWith("rekey a", "rekey b", "rekey x", "rekey y");
        assertThat(credentials(SHOP).admin()).isNotEqualTo(before.admin());
        assertThat(credentials(SHOP).replication()).isNotEqualTo(before.replication());
        assertThat(credentials(SHOP).password()).isEqualTo(before.password());
        assertThat(credentials(WIKI)).isEqualTo(credentials(BLOG)).isEqualTo(credentials(SHOP));
        assertThat(store.credentials().previous(SHOP, MAIN)).isEqualTo(before);
    }

    @Test
    void the_applications_password_is_new_where_that_is_asked_for() {
        create(SHOP, "a");
        var before = credentials(SHOP);

        apply(SHOP, new RotateCredentials(MAIN, true));

        assertThat(credentials(SHOP).password()).isNotEqualTo(before.password());
        assertThat(credentials(SHOP).username()).isEqualTo(before.username());
    }

    @Test
    void a_rotation_that_breaks_off_tells_the_same_passwords_when_it_goes_on() {
        create(SHOP, "a");
        var before = credentials(SHOP);
        provider.breakServer("a");

        var plan = apply(SHOP, new RotateCredentials(MAIN, false));

        assertThat(credentials(SHOP)).as("in force").isEqualTo(before);
        var next = store.credentials().next(SHOP, MAIN, false);

        provider.mendServer("a");
        applier.apply(start(plan));

        assertThat(credentials(SHOP)).isEqualTo(next);
    }

    @Test
    void a_rotation_that_was_given_up_leaves_the_next_one_its_own_word_about_the_application() {
        create(SHOP, "a");
        var before = credentials(SHOP);
        var begun = store.credentials().next(SHOP, MAIN, true);

        apply(SHOP, new RotateCredentials(MAIN, false));

        assertThat(credentials(SHOP).password()).isEqualTo(before.password());
        assertThat(credentials(SHOP).admin()).isEqualTo(begun.admin());
        assertThat(begun.password()).isNotEqualTo(before.password());
    }

    @Test
    void a_replica_is_copied_from_its_primary_server_and_a_follower_from_its_source() {
        create(SHOP, "a", "b");
        create(BLOG, "x");
        follow(BLOG, SHOP);

        apply(SHOP, new ResyncServer(MAIN, new ServerName("b"), false));
        apply(BLOG, new ResyncServer(MAIN, new ServerName("x"), false));

        assertThat(asked()).endsWith("rebuild b from a", "rebuild x from a");
    }

    @Test
    void a_server_is_mended_and_a_version_accepted() {
        create(SHOP, "a");

        apply(SHOP, new RepairServer(MAIN, new ServerName("a"), Repair.CONFIGURE));
        apply(SHOP, new AcceptVersion(MAIN, new Version("16.15"), new Version("16.16")));

        assertThat(asked()).containsExactly("configure a");
        assertThat(store.records().of(SHOP).group(MAIN).orElseThrow().version())
                .isEqualTo(new Version("16.16"));
    }

    @Test
    void a_fenced_server_takes_no_writes_again_where_another_one_does_by_now() {
        create(SHOP, "a", "b");
        provider.show("a", Health.State.FENCED);
        provider.show("b", Health.State.RUNNING);

        var plan = apply(SHOP, new RepairServer(MAIN, new ServerName("a"), Repair.CONFIGURE));

        assertThat(asked()).isEmpty();
        assertThat(store.plans().find(plan.digest().toString()).orElseThrow().reason())
                .hasValueSatisfying(it -> assertThat(it).contains("b takes writes by now"));
    }

    @Test
    void a_group_that_somebody_follows_by_now_is_not_removed() {
        create(SHOP, "a");
        create(BLOG, "x");
        var removal = proposed(SHOP, new RemoveGroup(MAIN, List.of(new ServerName("a"))));
        follow(BLOG, SHOP);

        applier.apply(start(removal));

        var failed = store.plans().find(removal.digest().toString()).orElseThrow();
        assertThat(failed.reason().orElseThrow())
                .contains("blog/production/postgresql/main follows postgresql/main by now");
        assertThat(servers(SHOP)).containsExactly("a");
    }

    private void create(ApplicationName application, String... servers) {
        apply(
                application,
                new CreateGroup(
                        MAIN,
                        Specification.of(Variant.POSTGRESQL).pinned(new Version("16.15")),
                        Origin.REQUEST,
                        Arrays.stream(servers).map(ServerSpec::of).toList(),
                        true));
    }

    private void follow(ApplicationName follower, ApplicationName source) {
        apply(follower, new StartReplication(MAIN, new GroupAddress(source, MAIN)));
    }

    private static PromoteServer promotion(String server, String from, boolean forsaken) {
        return new PromoteServer(MAIN, new ServerName(server), new ServerName(from), forsaken);
    }

    /// What the provider was asked for beside building.
    private List<String> asked() {
        return provider.calls().stream().filter(it -> !it.startsWith("build ")).toList();
    }

    private GroupCredentials credentials(ApplicationName application) {
        return store.credentials().get(application, MAIN).orElseThrow();
    }

    private List<String> servers(ApplicationName application) {
        return store.records().of(application).group(MAIN).orElseThrow().servers().stream()
                .map(RecordedServer::name)
                .map(ServerName::name)
                .toList();
    }

    private Plan apply(ApplicationName application, Change change) {
        var plan = proposed(application, change);
        applier.apply(start(plan));
        return plan;
    }

    private Plan proposed(ApplicationName application, Change change) {
        var because =
                new Because.Declared(Place.at("apps/shop/manifest.yml", 1, 1), Optional.empty());
        var planned = new PlannedChange("c1", change, because, List.of(), Effect.NONE, "");
        var serial = store.records().of(application).serial();
        var plan = new Plan(application, serial, List.of(planned), List.of(), 0);
        store.plans().propose(plan, new Provenance("platform", "apps/shop/manifest.yml", "abcd"));
        var assent = new Assent("ada", "cli", NOW, new TreeSet<>(List.of("c1")));
        store.plans().decide(plan.digest(), _ -> new Verdict.Approve(assent, Optional.empty()));
        return plan;
    }

    private Approval start(Plan plan) {
        return switch (store.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())) {
            case Start.Started(var approval) -> approval;
            case Start.Refused(var why) -> throw new AssertionError(why);
        };
    }
}
