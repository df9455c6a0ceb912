package dev.assent.reconcile;

import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.model.GroupName;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is proposed beside the branch: over a real repository and a real store.
class HeadPlansTest {

    @TempDir Path folder;
    private Pipeline pipeline;

    /// The group main exists; branches below feature/ are planned.
    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.push("main");
        pipeline.approve(only(PlanState.PROPOSED));
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 1);
        pipeline.watch("feature/*");
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void a_branch_gets_a_plan_as_if_it_were_merged() throws Exception {
        propose("feature/one", "main", "one");

        var plan = only(PlanState.PROPOSED);

        assertThat(groups(plan)).containsExactly("postgresql/one");
        assertThat(plan.wanted().byBranch()).isFalse();
        assertThat(plan.wanted().byHeads())
                .containsExactly(
                        new Wanted.Head(
                                "platform", "refs/heads/feature/one", "feature/one", false));
        assertThat(plan.wanted().authors()).containsExactly("email:test@example.org");
    }

    @Test
    void what_was_approved_in_a_branch_is_begun_once_it_is_merged_and_only_once() throws Exception {
        pipeline.settings.beginning = Beginning.AFTER_MERGE;
        propose("feature/one", "main", "one");
        var plan = pipeline.approve(only(PlanState.PROPOSED));
        pipeline.poll();
        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);

        pipeline.git.merge("feature/one");
        pipeline.poll();

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        pipeline.poll();
        assertThat(pipeline.provider.calls()).containsOnlyOnce("build one");
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
    }

    @Test
    void a_plan_that_is_not_merged_cannot_be_started_by_hand_where_it_has_to_be() throws Exception {
        pipeline.settings.beginning = Beginning.AFTER_MERGE;
        propose("feature/one", "main", "one");
        var plan = pipeline.approve(only(PlanState.PROPOSED));

        assertThat(pipeline.reconciler.apply(plan.id(), "ada").toString())
                .contains("feature/one is to be merged first (apply: after-merge)");
    }

    @Test
    void the_branch_does_not_undo_what_was_applied_before_it_was_merged() throws Exception {
        applied("feature/one", "main", "one");
        pipeline.poll();
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();

        pipeline.push("other", "main");
        var other = only(PlanState.PROPOSED);
        assertThat(groups(other)).containsExactly("postgresql/other");
        assertThat(other.wanted().byBranch()).isTrue();
    }

    @Test
    void nothing_is_left_to_do_once_what_was_applied_is_merged() throws Exception {
        applied("feature/one", "main", "one");

        pipeline.git.merge("feature/one");
        pipeline.poll();

        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
        assertThat(pipeline.store.heads().ahead(SHOP)).isEmpty();
    }

    @Test
    void the_branch_wants_undone_what_was_applied_and_then_given_up() throws Exception {
        applied("feature/one", "main", "one");

        pipeline.git.deleteBranch("feature/one");
        pipeline.poll();

        var undo = only(PlanState.PROPOSED);
        assertThat(undo.plan().destructive())
                .extracting(it -> it.change().group().toString())
                .containsExactly("postgresql/one");
    }

    @Test
    void a_further_push_to_what_was_applied_is_no_wish_of_the_branch() throws Exception {
        applied("feature/one", "main", "one");

        propose("feature/one", "main", "one", "more");

        var plan = only(PlanState.PROPOSED);
        assertThat(groups(plan)).containsExactly("postgresql/more");
        assertThat(plan.wanted().byBranch()).isFalse();
        pipeline.reconciler.planAll();
        assertThat(pipeline.plan(plan).wanted().byBranch()).isFalse();
    }

    @Test
    void branches_on_different_groups_do_not_block_each_other_and_assents_stay() throws Exception {
        propose("feature/one", "main", "one");
        propose("feature/two", "two", "main");
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var one = plan("feature/one");
        var two = pipeline.approve(plan("feature/two"));
        pipeline.approve(one);
        pipeline.reconciler.apply(one.id(), "ada");

        await().until(() -> pipeline.plan(one).state() == PlanState.APPLIED);
        await().until(() -> pipeline.plan(two).state() == PlanState.SUPERSEDED);

        await().until(() -> !plan("feature/two").digest().equals(two.digest()));
        var again = plan("feature/two");
        assertThat(groups(again)).containsExactly("postgresql/two");
        assertThat(again.state()).isEqualTo(PlanState.APPROVED);
        assertThat(again.assents()).hasSize(1);
        assertThat(pipeline.plan(two).supersededBy()).contains(again.digest());
        pipeline.reconciler.apply(again.id(), "ada");
        await().until(() -> pipeline.plan(again).state() == PlanState.APPLIED);
    }

    @Test
    void an_assent_is_void_where_the_changes_are_others_after_another_plan() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        propose("feature/one", "both", "main");
        propose("feature/two", "both", "main", "two");
        var one = pipeline.approve(plan("feature/one"));
        pipeline.approve(plan("feature/two"));

        pipeline.reconciler.apply(one.id(), "ada");

        await().until(() -> groups(plan("feature/two")).equals(List.of("postgresql/two")));
        assertThat(plan("feature/two").state()).isEqualTo(PlanState.PROPOSED);
        assertThat(plan("feature/two").assents()).isEmpty();
    }

    @Test
    void a_push_that_changes_the_plan_takes_its_assent() throws Exception {
        pipeline.settings.beginning = Beginning.AFTER_MERGE;
        propose("feature/one", "main", "one");
        var before = pipeline.approve(plan("feature/one"));

        propose("feature/one", "main", "two");

        assertThat(pipeline.plan(before).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(pipeline.plan(before).supersededBy()).contains(plan("feature/one").digest());
        assertThat(plan("feature/one").state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void a_push_that_leaves_the_plan_as_it_is_leaves_the_assent() throws Exception {
        pipeline.settings.beginning = Beginning.AFTER_MERGE;
        propose("feature/one", "main", "one");
        var before = pipeline.approve(plan("feature/one"));

        pipeline.git.pushTo("feature/one", "README.md", "more to read");
        pipeline.poll();

        assertThat(plan("feature/one")).isEqualTo(pipeline.plan(before));
        assertThat(pipeline.plan(before).state()).isEqualTo(PlanState.APPROVED);
    }

    @Test
    void a_plan_that_two_heads_want_stays_until_neither_does() throws Exception {
        propose("feature/one", "main", "same");
        propose("feature/two", "main", "same");
        var plan = only(PlanState.PROPOSED);
        assertThat(plan.wanted().byHeads())
                .extracting(Wanted.Head::name)
                .containsExactly("feature/one", "feature/two");

        pipeline.git.deleteBranch("feature/one");
        pipeline.poll();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);

        pipeline.git.deleteBranch("feature/two");
        pipeline.poll();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void what_the_branch_lets_go_stays_where_a_head_wants_it() throws Exception {
        propose("feature/one", "main", "one");
        // Else the same second makes the same commit of it.
        pipeline.git.push("README.md", "to read");
        pipeline.push("main", "one");
        var plan = only(PlanState.PROPOSED);
        assertThat(plan.wanted().byBranch()).isTrue();

        pipeline.push("main");

        assertThat(pipeline.plan(plan).wanted().byBranch()).isFalse();
    }

    @Test
    void a_conflict_is_said_and_its_plan_is_over() throws Exception {
        propose("feature/one", "main", "one");
        var plan = plan("feature/one");

        pipeline.push("main", "else");

        var head = head("feature/one");
        assertThat(head.condition()).isEqualTo(HeadState.Condition.CONFLICT);
        assertThat(head.detail().orElseThrow()).contains("conflicts with main in `" + MANIFEST);
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void errors_in_a_branch_are_said_and_touch_nothing_else() throws Exception {
        pipeline.git.pushTo("feature/one", MANIFEST, "postgresql:\n\tgroups: {}\n");
        pipeline.poll();

        var said = pipeline.store.heads().plans(head("feature/one")).getFirst();
        assertThat(said.condition()).isEqualTo(HeadPlan.Condition.INVALID);
        assertThat(said.remarks().getFirst()).contains("ASN1104");
        assertThat(pipeline.store.manifests().get(SHOP).orElseThrow().condition().name())
                .isEqualTo("VALID");
    }

    @Test
    void heads_that_anybody_can_push_are_known_as_foreign() throws Exception {
        pipeline.watch("refs/pull/*/head");
        var commit = pipeline.git.pushTo("elsewhere", MANIFEST, Pipeline.manifest("main", "one"));
        pipeline.git.setRef("refs/pull/7/head", commit);
        pipeline.poll();

        var plan = only(PlanState.PROPOSED);
        assertThat(plan.wanted().onlyByForeigners()).isTrue();
        assertThat(plan.wanted().byHeads()).extracting(Wanted.Head::name).containsExactly("#7");
    }

    @Test
    void what_heads_want_outlives_the_daemon() throws Exception {
        propose("feature/one", "main", "one");
        var plan = only(PlanState.PROPOSED);

        pipeline.restart();
        pipeline.poll();

        assertThat(only(PlanState.PROPOSED)).isEqualTo(plan);
    }

    private void applied(String branch, String... groups) throws Exception {
        propose(branch, groups);
        var plan = pipeline.approve(plan(branch));
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        await().until(() ->
                pipeline.store.heads().plans(head(branch)).getFirst().condition()
                        == HeadPlan.Condition.NOTHING);
    }

    private void propose(String branch, String... groups) throws Exception {
        pipeline.git.pushTo(branch, MANIFEST, Pipeline.manifest(groups));
        pipeline.poll();
    }

    private HeadState head(String branch) {
        return pipeline.store.heads().find("platform", "refs/heads/" + branch).orElseThrow();
    }

    private StoredPlan plan(String branch) {
        return pipeline.store.heads().plans(head(branch)).stream()
                .flatMap(it -> it.digest().stream())
                .flatMap(it -> pipeline.store.plans().find(it.toString()).stream())
                .findFirst()
                .orElseThrow();
    }

    private StoredPlan only(PlanState state) {
        assertThat(pipeline.plans(state)).hasSize(1);
        return pipeline.plans(state).getFirst();
    }

    private static List<String> groups(StoredPlan plan) {
        return plan.plan().changes().stream()
                .map(it -> it.change().group())
                .map(GroupName::toString)
                .toList();
    }
}
