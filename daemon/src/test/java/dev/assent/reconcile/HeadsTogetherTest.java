package dev.assent.reconcile;

import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static dev.assent.reconcile.Pipeline.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.state.Ahead;
import dev.assent.state.Approval;
import dev.assent.state.Clearance;
import dev.assent.state.Decision;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.Start;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Heads that come in each other's way, or the branch's, and daemons that end in between.
class HeadsTogetherTest {

    private static final String BLOG_MANIFEST = "apps/blog/manifest.yml";
    private static final ApplicationName BLOG = new ApplicationName("blog", "production");

    @TempDir Path folder;
    private Pipeline pipeline;

    /// The group main exists; branches below feature/ are planned.
    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.push("main");
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 1);
        pipeline.watch("feature/*");
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void what_a_head_has_not_had_applied_yet_is_in_no_other_heads_plan() throws Exception {
        pipeline.git.push(BLOG_MANIFEST, manifest("blog"));
        pipeline.poll();
        propose("feature/one", MANIFEST, "main", "one");
        propose("feature/one", BLOG_MANIFEST, "blog", "unread");
        apply(plan("feature/one", SHOP));

        pipeline.git.pushTo("feature/two", MANIFEST, manifest("two", "main"));
        propose("feature/two", BLOG_MANIFEST, "own", "blog");

        assertThat(groups(plan("feature/two", BLOG))).contains("postgresql/own");
        assertThat(groups(plan("feature/two", BLOG))).doesNotContain("postgresql/unread");
        assertThat(groups(plan("feature/two", SHOP))).containsExactly("postgresql/two");
    }

    @Test
    void what_was_held_back_of_a_head_is_no_wish_of_the_branch() throws Exception {
        propose("feature/one", MANIFEST, "one");
        var plan = plan("feature/one", SHOP);
        var consent = new Consent(Optional.of(plan.digest()), Set.of(), true);
        var who = Speaker.admin("ada", Channel.CLI);
        assertThat(pipeline.reconciler.approve(new Yes(plan.digest().toString(), who, consent)))
                .isInstanceOf(Decision.Decided.class);
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        await().until(() -> !plan("feature/one", SHOP).digest().equals(plan.digest()));

        pipeline.reconciler.planAll();

        var rest = plan("feature/one", SHOP);
        assertThat(rest.plan().destructive()).isNotEmpty();
        assertThat(rest.wanted().byBranch()).isFalse();
        assertThat(pipeline.store.manifests().get(SHOP).orElseThrow().toString())
                .contains("feature/one was applied in part");
    }

    @Test
    void an_assent_outlives_a_commit_that_comes_while_another_plan_is_applied() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        propose("feature/one", MANIFEST, "main", "one");
        propose("feature/two", MANIFEST, "two", "main");
        var two = pipeline.approve(plan("feature/two", SHOP));
        var approval = started(pipeline.approve(plan("feature/one", SHOP)));

        pipeline.git.push("README.md", "to read");
        pipeline.poll();

        assertThat(plan("feature/two", SHOP).digest()).isEqualTo(two.digest());
        pipeline.store.plans().applied(approval);
        assertThat(pipeline.plan(two).state()).isEqualTo(PlanState.APPROVED);
    }

    @Test
    void what_waited_for_an_apply_is_planned_after_a_crash_though_the_branch_knows_nothing_of_it()
            throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        propose("feature/one", BLOG_MANIFEST, "blog", "one");
        var approval = started(pipeline.approve(plan("feature/one", BLOG)));
        propose("feature/one", BLOG_MANIFEST, "blog", "two");
        assertThat(said("feature/one", BLOG).condition()).isEqualTo(HeadPlan.Condition.WAITING);
        pipeline.store.plans().applied(approval);

        pipeline.restart();

        assertThat(said("feature/one", BLOG).condition()).isEqualTo(HeadPlan.Condition.PLANNED);
    }

    @Test
    void a_head_that_could_not_be_planned_once_is_tried_again() throws Exception {
        pipeline.provider.catalogueIsGone(true);
        propose("feature/one", MANIFEST, "main", "one");
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
        assertThat(head("feature/one").detail().orElseThrow()).contains("could not be planned");

        pipeline.provider.catalogueIsGone(false);
        pipeline.poll();

        assertThat(groups(plan("feature/one", SHOP))).containsExactly("postgresql/one");
    }

    @Test
    void what_a_head_drops_after_a_part_of_it_was_applied_can_no_longer_be_approved()
            throws Exception {
        propose("feature/one", MANIFEST, "main", "one");
        apply(plan("feature/one", SHOP));
        propose("feature/one", MANIFEST, "main", "one", "more");
        var more = plan("feature/one", SHOP);

        propose("feature/one", MANIFEST, "main");

        assertThat(pipeline.plan(more).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void a_fork_that_wants_the_same_is_not_ahead_of_the_branch() throws Exception {
        pipeline.watch("feature/*", "refs/pull/*/head");
        var forks = pipeline.git.pushTo("elsewhere", MANIFEST, manifest("main", "one"));
        pipeline.git.setRef("refs/pull/7/head", forks);
        propose("feature/one", MANIFEST, "main", "one");
        assertThat(plan("feature/one", SHOP).wanted().byHeads()).hasSize(2);

        apply(plan("feature/one", SHOP));

        assertThat(pipeline.store.heads().ahead(SHOP))
                .extracting(Ahead::name)
                .containsExactly("feature/one");
    }

    private Approval started(StoredPlan plan) {
        var start = pipeline.store.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear());
        return ((Start.Started) start).approval();
    }

    private void apply(StoredPlan plan) {
        pipeline.approve(plan);
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        await().until(() ->
                pipeline.store.heads().plans(head("feature/one")).stream()
                        .anyMatch(it -> it.condition() == HeadPlan.Condition.NOTHING));
    }

    private void propose(String branch, String path, String... groups) throws Exception {
        pipeline.git.pushTo(branch, path, manifest(groups));
        pipeline.poll();
    }

    private HeadState head(String branch) {
        return pipeline.store.heads().find("platform", "refs/heads/" + branch).orElseThrow();
    }

    private HeadPlan said(String branch, ApplicationName application) {
        return pipeline.store.heads().plans(head(branch)).stream()
                .filter(it -> it.application().equals(application))
                .findFirst()
                .orElseThrow();
    }

    private StoredPlan plan(String branch, ApplicationName application) {
        var digest = said(branch, application).digest().orElseThrow();
        return pipeline.store.plans().find(digest.toString()).orElseThrow();
    }

    private static List<String> groups(StoredPlan plan) {
        return plan.plan().changes().stream()
                .map(it -> it.change().group())
                .map(GroupName::toString)
                .toList();
    }
}
