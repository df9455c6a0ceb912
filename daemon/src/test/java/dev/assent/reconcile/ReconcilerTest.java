package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.apply.ScriptedProvider;
import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.log.Captured;
import dev.assent.log.LogLevel;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.Decision;
import dev.assent.state.ManifestState;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.RepositoryState.Condition;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import dev.assent.state.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {

    private static final ApplicationName SHOP = new ApplicationName("shop", "production");
    private static final String MANIFEST = "apps/shop/manifest.yml";

    @TempDir Path folder;

    private final ScriptedProvider provider = new ScriptedProvider();
    private final TestSettings settings = new TestSettings(provider);
    private GitRepository git;
    private Repository repository;
    private List<Repository> repositories = List.of();
    private Store store;
    private Reconciler reconciler;

    @BeforeEach
    void openAll() throws GitAPIException {
        git = new GitRepository(folder);
        repository = repository("production");
        repositories = List.of(repository);
        openStore();
    }

    @AfterEach
    void close() {
        reconciler.close();
        store.close();
        git.close();
    }

    @Test
    void a_pushed_manifest_becomes_a_proposed_plan_and_nothing_is_built() throws Exception {
        var commit = git.push(MANIFEST, manifest("main"));

        assertThat(reconciler.poll(repository)).isTrue();

        assertThat(plans())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.state()).isEqualTo(PlanState.PROPOSED);
                    assertThat(it.provenance().commit()).isEqualTo(commit);
                });
        assertThat(provider.calls()).isEmpty();
    }

    @Test
    void polling_again_and_commits_that_change_nothing_relevant_create_no_plan() throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);

        reconciler.poll(repository);
        git.push("README.md", "Nothing to do with it.\n");
        reconciler.poll(repository);
        git.push(MANIFEST, "# A comment.\n" + manifest("main"));
        reconciler.poll(repository);

        assertThat(plans()).hasSize(1);
    }

    @Test
    void one_broken_manifest_stops_no_other_and_its_problems_are_kept() throws Exception {
        git.push("apps/blog/manifest.yml", "production:\n\tpostgresql:\n");
        git.push(MANIFEST, manifest("main"));

        reconciler.poll(repository);

        assertThat(plans()).extracting(it -> it.plan().application()).containsExactly(SHOP);
        assertThat(store.manifests().get(new ApplicationName("blog", "production")))
                .hasValueSatisfying(it -> {
                    assertThat(it.condition()).isEqualTo(ManifestState.Condition.INVALID);
                    assertThat(it.problems().toString()).contains("ASN1104");
                });
    }

    @Test
    void one_plan_that_can_not_be_written_stops_no_other_and_is_tried_again() throws Exception {
        git.push("apps/blog/manifest.yml", manifest("posts"));
        git.push(MANIFEST, manifest("main"));
        directly(
                """
                CREATE TRIGGER no_blog BEFORE INSERT ON plan WHEN NEW.application LIKE 'blog/%'
                BEGIN
                    SELECT RAISE(ABORT, 'no room for blogs');
                END\
                """);

        try (var log = Captured.at(LogLevel.INFO)) {
            assertThat(reconciler.poll(repository)).isFalse();

            assertThat(log.json()).filteredOn(it -> it.contains("no room")).hasSize(1);
        }
        assertThat(plans()).extracting(it -> it.plan().application()).containsExactly(SHOP);
        directly("DROP TRIGGER no_blog");
        reconciler.poll(repository);
        assertThat(plans()).hasSize(2);
    }

    @Test
    void a_manifest_that_breaks_leaves_its_waiting_plan_and_what_was_built_alone()
            throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        git.push(MANIFEST, "production: [");

        reconciler.poll(repository);

        assertThat(plans()).extracting(StoredPlan::state).containsExactly(PlanState.PROPOSED);
    }

    @Test
    void a_manifest_that_is_gone_is_noted_and_removes_nothing() throws Exception {
        built("main");
        git.push("apps/blog/manifest.yml", "# nothing yet\n");

        git.remove(MANIFEST);
        reconciler.poll(repository);

        assertThat(store.manifests().get(SHOP))
                .map(ManifestState::condition)
                .contains(ManifestState.Condition.GONE);
        assertThat(open()).isEmpty();
        assertThat(provider.calls()).containsExactly("build main");
    }

    @Test
    void a_deleted_branch_is_said_and_plans_nothing_and_when_it_is_back_all_goes_on()
            throws Exception {
        built("main");
        git.pushBranch("other");
        git.deleteBranch();

        assertThat(reconciler.poll(repository)).isFalse();

        assertThat(condition()).isEqualTo(Condition.BRANCH_GONE);
        assertThat(open()).isEmpty();

        git.push(MANIFEST, manifest("main", "spare"));
        assertThat(reconciler.poll(repository)).isTrue();
        assertThat(condition()).isEqualTo(Condition.OK);
        assertThat(open()).hasSize(1);
    }

    @Test
    void an_unreachable_repository_is_said_with_what_to_do_and_plans_nothing() throws Exception {
        built("main");
        var aside = folder.resolve("aside.git");
        Files.move(git.bare(), aside);

        assertThat(reconciler.poll(repository)).isFalse();

        assertThat(condition()).isEqualTo(Condition.UNREACHABLE);
        assertThat(state().detail().orElseThrow()).contains("platform");
        assertThat(open()).isEmpty();

        Files.move(aside, git.bare());
        assertThat(reconciler.poll(repository)).isTrue();
        assertThat(condition()).isEqualTo(Condition.OK);
        assertThat(state().detail()).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void an_empty_repository_is_said() {
        assertThat(reconciler.poll(repository)).isFalse();

        assertThat(condition()).isEqualTo(Condition.EMPTY);
    }

    @Test
    void a_force_push_back_proposes_the_earlier_plan_again() throws Exception {
        var first = git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        var earlier = open().getFirst().id();
        git.push(MANIFEST, manifest("main", "spare"));
        reconciler.poll(repository);
        assertThat(open()).extracting(StoredPlan::id).doesNotContain(earlier);

        git.forcePush(first);
        reconciler.poll(repository);

        assertThat(open()).extracting(StoredPlan::id).containsExactly(earlier);
    }

    @Test
    void a_change_of_settings_has_all_manifests_read_again() throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);

        reconciler.poll(repository("production", "staging"));

        assertThat(plans())
                .extracting(it -> it.plan().application().toString())
                .containsExactlyInAnyOrder("shop/production", "shop/staging");
    }

    @Test
    void an_approved_plan_is_carried_out_and_leaves_nothing_to_plan() throws Exception {
        built("main");

        assertThat(provider.calls()).containsExactly("build main");
        assertThat(store.records().of(SHOP).groups()).hasSize(1);
        assertThat(open()).isEmpty();
    }

    @Test
    void what_was_held_back_is_proposed_again_at_the_end() throws Exception {
        built("old");
        git.push(MANIFEST, manifest("new"));
        reconciler.poll(repository);
        var mixed = open().getFirst();

        assertThat(
                        reconciler.approve(
                                new Yes(
                                        mixed.id(),
                                        Speaker.admin("ada", Channel.CLI),
                                        new Consent(Optional.empty(), Set.of(), true))))
                .isInstanceOf(Decision.Decided.class);

        await().until(() -> open().stream().anyMatch(it -> !it.id().equals(mixed.id())));
        assertThat(provider.calls()).containsExactly("build old", "build new");
        assertThat(open().getFirst().plan().destructive()).hasSize(1);
    }

    @Test
    void where_it_is_configured_so_an_approved_plan_waits_to_be_started() throws Exception {
        settings.beginning = Beginning.ON_COMMAND;
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        var plan = open().getFirst();

        reconciler.approve(yes(plan));

        assertThat(open()).extracting(StoredPlan::state).containsExactly(PlanState.APPROVED);
        assertThat(provider.calls()).isEmpty();

        assertThat(reconciler.apply(plan.id(), "ada")).isInstanceOf(Decision.Decided.class);
        await().until(() -> open().isEmpty());
        assertThat(provider.calls()).containsExactly("build main");
    }

    @Test
    void a_plan_that_was_approved_and_not_started_when_the_daemon_died_is_started()
            throws Exception {
        settings.beginning = Beginning.ON_COMMAND;
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        reconciler.approve(yes(open().getFirst()));
        settings.beginning = Beginning.ON_APPROVAL;

        reopen();
        reconciler.resume();

        await().until(() -> open().isEmpty());
        assertThat(provider.calls()).containsExactly("build main");
    }

    @Test
    void a_failed_plan_can_be_resumed() throws Exception {
        provider.breakServer("main");
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        var plan = open().getFirst();
        reconciler.approve(yes(plan));
        await().until(() -> open().getFirst().state() == PlanState.FAILED);
        provider.mendServer("main");

        reconciler.apply(plan.id(), "ada");

        await().until(() -> open().isEmpty());
        assertThat(provider.calls()).containsExactly("build main");
    }

    @Test
    void an_unknown_plan_is_refused_with_where_to_look() {
        assertThat(reconciler.reject("p-00000000", Speaker.admin("ada", Channel.CLI), "no"))
                .isEqualTo(
                        new Decision.Refused(
                                "there is no plan p-00000000; assent plans lists them"));
    }

    @Test
    void a_manifest_changed_while_a_plan_is_applied_is_planned_at_its_end() throws Exception {
        provider.breakServer("spare");
        built("main");
        git.push(MANIFEST, manifest("main", "spare"));
        reconciler.poll(repository);
        var plan = open().getFirst();
        reconciler.approve(yes(plan));
        await().until(() -> open().getFirst().state() == PlanState.FAILED);

        git.push(MANIFEST, manifest("main", "other"));
        reconciler.poll(repository);

        assertThat(open())
                .filteredOn(it -> it.state() == PlanState.PROPOSED)
                .singleElement()
                .satisfies(it ->
                        assertThat(it.plan().changes().getFirst().change().group())
                                .hasToString("postgresql/other"));
    }

    @Test
    void an_application_belongs_to_the_repository_that_declared_it_first() throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        var other =
                new Repository(
                        "other",
                        git.url(),
                        "main",
                        repository.manifests(),
                        repository.environments(),
                        repository.poll());
        repositories = List.of(repository, other);
        reopen();

        reconciler.poll(other);

        assertThat(open()).extracting(it -> it.provenance().repository()).containsOnly("platform");
        assertThat(store.repositories().get("other").orElseThrow().detail().orElseThrow())
                .contains(MANIFEST, "declared by repository platform");
    }

    @Test
    void an_application_goes_over_to_another_repository_when_the_first_lets_go_of_it()
            throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        var other =
                new Repository(
                        "other",
                        git.url(),
                        "release",
                        repository.manifests(),
                        repository.environments(),
                        repository.poll());
        repositories = List.of(repository, other);
        reopen();
        git.pushBranch("release");
        reconciler.poll(other);

        git.remove(MANIFEST);
        reconciler.poll(repository);
        reconciler.poll(other);

        assertThat(open())
                .singleElement()
                .satisfies(it -> assertThat(it.provenance().repository()).isEqualTo("other"));
    }

    @Test
    void a_plan_that_waits_for_a_yes_is_void_when_its_manifest_is_gone() throws Exception {
        git.push("apps/blog/manifest.yml", "# nothing yet\n");
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);

        git.remove(MANIFEST);
        reconciler.poll(repository);

        assertThat(plans()).extracting(StoredPlan::state).containsExactly(PlanState.SUPERSEDED);
    }

    @Test
    void what_a_plan_without_changes_notices_is_kept_with_the_manifest() throws Exception {
        built("main");
        git.push(MANIFEST, manifest("main").replace("16", "17"));

        reconciler.poll(repository);

        assertThat(open()).isEmpty();
        assertThat(store.manifests().get(SHOP).orElseThrow().problems())
                .singleElement()
                .asString()
                .contains("applies-on-build", "the manifest says 17");
    }

    @Test
    void planning_that_a_crash_kept_from_following_an_apply_is_done_at_the_next_start()
            throws Exception {
        built("old");
        git.push(MANIFEST, manifest("new"));
        reconciler.poll(repository);
        // As if the daemon had died between the end of an apply and the planning after it.
        store.plans().decide(open().getFirst().digest(), _ -> new Verdict.Reject("a", "cli", "b"));
        store.manifests()
                .put(
                        new ManifestState(
                                SHOP,
                                new Provenance(
                                        "platform",
                                        MANIFEST,
                                        git.push(MANIFEST, manifest("old", "newer"))),
                                ManifestState.Condition.VALID,
                                List.of(),
                                Instant.now()));
        new GitSource(folder.resolve("mirrors")).poll(repository, Optional.empty());

        reopen();
        reconciler.planAll();

        assertThat(open())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.plan().changes().getFirst().change().group())
                                .hasToString("postgresql/newer"));
    }

    private void directly(String statement) throws SQLException {
        var database = "jdbc:sqlite:" + folder.resolve("assent.db");
        try (var connection = DriverManager.getConnection(database)) {
            connection.createStatement().execute(statement);
        }
    }

    private void reopen() {
        reconciler.close();
        store.close();
        openStore();
    }

    private void built(String... groups) throws GitAPIException, IOException {
        git.push(MANIFEST, manifest(groups));
        reconciler.poll(repository);
        reconciler.approve(yes(open().getFirst()));
        await().until(() -> open().isEmpty());
    }

    private static Yes yes(StoredPlan plan) {
        return new Yes(
                plan.id(),
                Speaker.admin("ada", Channel.CLI),
                new Consent(Optional.of(plan.digest()), Set.of(), false));
    }

    private List<StoredPlan> plans() {
        return store.plans().list(Optional.empty(), 100);
    }

    /// Plans that wait for something or are being applied.
    private List<StoredPlan> open() {
        return plans().stream()
                .filter(it ->
                        switch (it.state()) {
                            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> true;
                            case APPLIED, REJECTED, SUPERSEDED, EXPIRED -> false;
                        })
                .toList();
    }

    private RepositoryState state() {
        return store.repositories().get("platform").orElseThrow();
    }

    private Condition condition() {
        return state().condition();
    }

    private Repository repository(String... environments) {
        return new Repository(
                "platform",
                git.url(),
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of(environments),
                Duration.ofSeconds(1));
    }

    private void openStore() {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.system());
        reconciler =
                new Reconciler(
                        store,
                        new GitSource(folder.resolve("mirrors")),
                        new ManifestReader(System::nanoTime),
                        settings,
                        Watched.only(repositories),
                        InstantSource.system());
    }

    /// A manifest for every environment: PostgreSQL 16 groups, each on a server of its own name.
    private static String manifest(String... groups) {
        var text = new StringBuilder("postgresql:\n  groups:\n");
        for (var group : groups) {
            text.append(
                    """
                        %1$s:
                          configuration: {version: "16"}
                          servers:
                          - server: {unique_name: %1$s}
                    """
                            .formatted(group));
        }
        return text.toString();
    }
}
