package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.source.signature.Clone;
import dev.assent.source.signature.Signer;
import dev.assent.source.signature.Signers;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A branch is pushed, read, approved and applied with nothing but Git: no forge, no daemon that
/// anybody signs in to.
class NoForgeTest {

    private static final String POLICY =
            """
            people:
              ada: {emails: [ada@example.org]}
              ben: {emails: [test@example.org]}
            rules:
            - name: signed by somebody else
              match: "*/*"
              by: [ada, ben]
              channels: [tag, commit]
            """;

    @TempDir Path folder;
    private Pipeline pipeline;
    private Clone ada;
    private Clone ben;

    /// The branch feature/one, made by ben, wants a group.
    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.settings.policy = Forum.policy(POLICY);
        ada = clone("ada");
        ben = clone("ben");
        pipeline.signedBy(
                Signers.of(
                        List.of(
                                new Signer("ada", List.of(ada.signWithSsh("ada")), List.of()),
                                new Signer("ben", List.of(ben.signWithSsh("ben")), List.of()))));
        pipeline.push();
        pipeline.watch("feature/*");
        pipeline.git.pushTo("feature/one", Pipeline.MANIFEST, Pipeline.manifest("one"));
        pipeline.poll();
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        pipeline.close();
    }

    @Test
    void a_branch_that_somebody_else_signs_is_applied() {
        var plan = plan();

        sign(ada, plan, "assent/ada");

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        assertThat(pipeline.plan(plan).assents())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.person()).isEqualTo("ada");
                    assertThat(it.channel()).isEqualTo("tag");
                });
    }

    @Test
    void ones_own_branch_is_not_approved_by_oneself() {
        var plan = plan();

        sign(ben, plan, "assent/ben");

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(pipeline.plan(plan).assents()).isEmpty();
        assertThat(pipeline.store.audit().newest(Optional.empty(), 20))
                .anySatisfy(it -> assertThat(it.what()).isEqualTo("plan.refused"));
    }

    @Test
    void what_is_signed_in_a_branch_is_applied_once_that_is_merged() throws Exception {
        pipeline.settings.beginning = Beginning.AFTER_MERGE;
        var plan = plan();
        sign(ada, plan, "assent/ada");
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);

        pipeline.git.merge("feature/one");
        pipeline.poll();

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        pipeline.later(Duration.ofMinutes(1));
        pipeline.poll();
        assertThat(pipeline.provider.calls()).containsExactly("build one");
    }

    @Test
    void who_signed_a_commit_is_its_author_whatever_its_address_says() {
        ben.git("fetch", "-q", "origin");
        ben.git("checkout", "-q", "-b", "feature/two", "origin/main");
        ben.git("config", "user.email", "nobody@example.org");
        ben.file(Pipeline.MANIFEST, Pipeline.manifest("two"));
        ben.signedCommit("A group");
        ben.git("push", "-q", "origin", "feature/two");
        pipeline.poll();
        var plan =
                pipeline.plans(PlanState.PROPOSED).stream()
                        .filter(it -> it.wanted().authors().contains("signer:ben"))
                        .findFirst()
                        .orElseThrow();

        sign(ben, plan, "assent/own");
        assertThat(pipeline.plan(plan).assents()).isEmpty();

        sign(ada, plan, "assent/other");
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    private Clone clone(String name) {
        var clone = new Clone(folder.resolve(name));
        clone.git("remote", "add", "origin", pipeline.git.bare().toString());
        return clone;
    }

    private StoredPlan plan() {
        assertThat(pipeline.plans(PlanState.PROPOSED)).hasSize(1);
        return pipeline.plans(PlanState.PROPOSED).getFirst();
    }

    private void sign(Clone clone, StoredPlan plan, String tag) {
        clone.signedTag(tag, "Yes\n\nAssent-Approve: " + plan.digest());
        clone.git("push", "-q", "origin", "refs/tags/" + tag);
        pipeline.poll();
    }
}
