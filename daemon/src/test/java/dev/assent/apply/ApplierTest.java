package dev.assent.apply;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Desired;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.observation.Observer;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Planner;
import dev.assent.state.Approval;
import dev.assent.state.Assent;
import dev.assent.state.Clearance;
import dev.assent.state.JournalEntry;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplierTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir Path folder;

    private final ScriptedProvider provider = new ScriptedProvider();
    private Store store;
    private Applier applier;

    @BeforeEach
    void open() {
        store = store();
        applier = new Applier(store, _ -> provider, Observer.NOBODY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_group_is_built_server_by_server_and_then_recorded() {
        applier.apply(
                approved(desired(declared("postgresql/main").version("16").servers("a", "b"))));

        assertThat(provider.calls()).containsExactly("build a", "build b");
        assertThat(provider.order("a").source()).isEmpty();
        assertThat(provider.order("b").source()).contains(provider.order("a").key());
        var recorded = store.records().of(SHOP).group(group("postgresql/main")).orElseThrow();
        assertThat(recorded.servers())
                .extracting(it -> it.name().name() + " " + it.endpoint())
                .containsExactly("a 127.0.0.1:20000", "b 127.0.0.1:20001");
        assertThat(recorded.primary()).isTrue();
    }

    @Test
    void after_an_apply_there_is_nothing_left_to_plan() {
        var desired =
                desired(
                        declared("postgresql/main").version("16").servers("a", "b"),
                        declared("postgresql/spare").setting("encoding", "UTF8").servers("c"));

        applier.apply(approved(desired));

        var again = Planner.plan(desired, store.records().of(SHOP), CATALOGUE, Optional.empty());
        assertThat(again.changes()).isEmpty();
        assertThat(again.notices()).isEmpty();
    }

    @Test
    void each_step_is_journalled_before_and_after() {
        var approval = approved(desired(declared("postgresql/main").servers("a")));

        applier.apply(approval);

        assertThat(store.journal().entries(approval.digest(), 0))
                .extracting(it -> (it.step() + " " + it.event().word()).strip())
                .containsExactly(
                        "c1.1 started",
                        "c1.1 progress",
                        "c1.1 done",
                        "c1.2 started",
                        "c1.2 done",
                        "ended");
    }

    @Test
    void a_replica_is_added_and_removed_and_the_others_stay() {
        applier.apply(approved(desired(declared("postgresql/main").servers("a"))));
        applier.apply(approved(desired(declared("postgresql/main").servers("a", "b"))));
        applier.apply(approved(desired(declared("postgresql/main").servers("a"))));

        assertThat(provider.calls()).containsExactly("build a", "build b", "remove b");
        assertThat(servers("postgresql/main")).containsExactly("a");
    }

    @Test
    void a_group_is_removed_replicas_first_and_leaves_the_record_with_its_credentials() {
        applier.apply(
                approved(
                        desired(
                                declared("postgresql/main").servers("a"),
                                declared("postgresql/old").servers("b", "c"))));
        applier.apply(approved(desired(declared("postgresql/main").servers("a"))));

        assertThat(provider.calls())
                .containsExactly("build a", "build b", "build c", "remove c", "remove b");
        assertThat(store.records().of(SHOP).group(group("postgresql/old"))).isEmpty();
        assertThat(store.credentials().get(SHOP, group("postgresql/old"))).isEmpty();
    }

    @Test
    void a_failed_change_leaves_no_server_behind_and_what_was_done_before_it_stays() {
        provider.breakServer("c");
        var approval =
                approved(
                        desired(
                                declared("postgresql/main").servers("a"),
                                declared("postgresql/spare").servers("b", "c")));

        applier.apply(approval);

        var failed = store.plans().find(approval.digest().toString()).orElseThrow();
        assertThat(failed.state()).isEqualTo(PlanState.FAILED);
        assertThat(failed.reason().orElseThrow()).contains("build server c", "it is broken");
        assertThat(servers("postgresql/main")).containsExactly("a");
        assertThat(store.records().of(SHOP).group(group("postgresql/spare"))).isEmpty();
        assertThat(provider.calls()).containsExactly("build a", "build b", "remove b");

        provider.mendServer("c");
        applier.apply(start(approval.digest()));

        assertThat(provider.calls())
                .containsExactly("build a", "build b", "remove b", "build b", "build c");
        assertThat(servers("postgresql/spare")).containsExactly("b", "c");
        assertThat(store.plans().find(approval.digest().toString()).orElseThrow().state())
                .isEqualTo(PlanState.APPLIED);
    }

    @Test
    void what_was_held_back_is_not_done() {
        applier.apply(approved(desired(declared("postgresql/old").servers("a"))));
        var desired = desired(declared("postgresql/new").servers("b"));

        applier.apply(approved(desired, "c1"));

        assertThat(provider.calls()).containsExactly("build a", "build b");
        assertThat(servers("postgresql/old")).containsExactly("a");
    }

    @Test
    void a_plan_interrupted_by_a_crash_goes_on_and_builds_nothing_twice() {
        var desired = desired(declared("postgresql/main").servers("a", "b"));
        var approval = approved(desired);
        // As far as the first step, and then the daemon dies before it can write that it is done.
        var order = new Steps(approval, store, _ -> provider).of(approval.changes().getFirst());
        store.journal().started(approval, "c1.1", order.getFirst().what());
        order.getFirst().doing().run("c1.1", _ -> {});
        store.close();

        store = store();
        applier = new Applier(store, _ -> provider, Observer.NOBODY);
        store.plans().interrupted().forEach(applier::apply);

        assertThat(provider.calls()).containsExactly("build a", "build b");
        assertThat(servers("postgresql/main")).containsExactly("a", "b");
        assertThat(store.plans().interrupted()).isEmpty();
    }

    @Test
    void a_stopped_applier_starts_no_further_step_and_fails_nothing() {
        var approval = approved(desired(declared("postgresql/main").servers("a")));
        applier.stop();

        applier.apply(approval);

        assertThat(provider.calls()).isEmpty();
        assertThat(store.plans().interrupted()).hasSize(1);
    }

    @Test
    void no_password_reaches_the_journal() {
        var approval = approved(desired(declared("postgresql/main").servers("a")));

        applier.apply(approval);

        var credentials = store.credentials().get(SHOP, group("postgresql/main")).orElseThrow();
        var journal =
                store.journal().entries(approval.digest(), 0).stream()
                        .map(JournalEntry::message)
                        .collect(Collectors.joining());
        assertThat(journal)
                .doesNotContain(
                        credentials.admin().reveal(),
                        credentials.password().reveal(),
                        credentials.replication().reveal());
    }

    private Store store() {
        return Store.open(
                folder.resolve("assent.db"),
                SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                InstantSource.fixed(NOW));
    }

    private List<String> servers(String group) {
        return store.records().of(SHOP).group(group(group)).map(RecordedGroup::servers).stream()
                .flatMap(List::stream)
                .map(RecordedServer::name)
                .map(Object::toString)
                .toList();
    }

    /// Proposes what a manifest wants, says yes to these changes or to all, and starts it.
    private Approval approved(Desired desired, String... changes) {
        var plan = Planner.plan(desired, store.records().of(SHOP), CATALOGUE, Optional.empty());
        store.plans().propose(plan, new Provenance("platform", "apps/shop/manifest.yml", "abcd"));
        var all = plan.changes().stream().map(PlannedChange::id).toList();
        var covered = new TreeSet<>(changes.length == 0 ? all : List.of(changes));
        store.plans()
                .decide(
                        plan.digest(),
                        _ ->
                                new Verdict.Approve(
                                        new Assent("ada", "cli", NOW, covered), Optional.empty()));
        return start(plan.digest());
    }

    private Approval start(Digest digest) {
        return switch (store.plans().start(digest, "ada", _ -> new Clearance.Clear())) {
            case Start.Started(var approval) -> approval;
            case Start.Refused(var why) -> throw new AssertionError(why);
        };
    }
}
