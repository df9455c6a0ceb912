package dev.assent.reconcile;

import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.source.signature.Clone;
import dev.assent.source.signature.Signer;
import dev.assent.source.signature.Signers;
import dev.assent.state.Assent;
import dev.assent.state.AuditEntry;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.RepositoryState;
import dev.assent.state.SignedWord;
import dev.assent.state.StoredPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With no forge: a branch is pushed, a signed approval is pushed, and the plan is applied.
class SignedYesesTest {

    private static final String POLICY =
            """
            people: {ada: {}, eve: {}}
            rules:
            - name: everything
              match: "*/*"
              by: [ada, admin]
              author: true
            """;

    @TempDir Path folder;
    private Pipeline pipeline;
    private Clone clone;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.settings.policy = Forum.policy(POLICY);
        clone = new Clone(folder.resolve("ada"));
        clone.git("remote", "add", "origin", pipeline.git.bare().toString());
        var key = clone.signWithSsh("ada", "-t", "ed25519");
        pipeline.signedBy(Signers.of(List.of(new Signer("ada", List.of(key), List.of()))));
    }

    @AfterEach
    void close() {
        clone.close();
        pipeline.close();
    }

    @Test
    void a_signed_tag_that_is_pushed_has_the_plan_applied_once() throws Exception {
        var plan = proposed("main");

        var tag = tag("assent/yes", approve(plan));
        pipeline.poll();

        awaitApplied(plan);
        assertThat(pipeline.plan(plan).assents())
                .extracting(Assent::who, Assent::channel)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ada", "tag"));
        pipeline.poll();
        pipeline.poll();
        assertThat(audited("plan.approved")).hasSize(1);
        assertThat(audited("plan.refused")).isEmpty();
        assertThat(pipeline.store.signedWords().objects("tag")).containsExactly(tag);
    }

    @Test
    void a_signed_commit_that_is_pushed_does_so_too() throws Exception {
        var plan = proposed("main");

        clone.signedCommit(approve(plan));
        push("main");
        pipeline.poll();

        awaitApplied(plan);
        assertThat(pipeline.plan(plan).assents())
                .extracting(Assent::channel)
                .containsExactly("commit");
        assertThat(audited("plan.refused")).isEmpty();
    }

    @Test
    void a_yes_can_come_with_the_commit_that_its_plan_is_made_of() throws Exception {
        var plan = proposed("main");
        manifest("other");
        pipeline.poll();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.SUPERSEDED);

        write("main");
        clone.signedTag("assent/yes", approve(plan));
        clone.git("push", "-q", "--atomic", "origin", "main", "refs/tags/assent/yes");
        pipeline.poll();

        awaitApplied(plan);
    }

    @Test
    void what_is_unsigned_foreign_or_tampered_with_is_refused_and_told_once() throws Exception {
        var plan = proposed("main");
        clone.git("tag", "--no-sign", "-a", "-m", approve(plan), "assent/unsigned");
        var good = clone.signedTag("assent/good", "Of another\n\nAssent-Approve: " + ones());
        var text = new String(clone.object("tag", good), ISO_8859_1);
        var forged = text.replace(ones(), plan.digest().toString()).getBytes(ISO_8859_1);
        clone.git("update-ref", "refs/tags/assent/forged", clone.write("tag", forged));
        clone.signWithSsh("eve", "-t", "ed25519");
        clone.signedTag("assent/foreign", approve(plan));
        push("assent/unsigned", "assent/forged", "assent/foreign");

        pipeline.poll();
        pipeline.poll();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(audited("plan.refused"))
                .extracting(AuditEntry::who)
                .containsOnly("somebody unknown");
        assertThat(audited("plan.refused"))
                .extracting(AuditEntry::detail)
                .hasSize(3)
                .anySatisfy(it ->
                        assertThat(it)
                                .contains("(assent/unsigned) of repository platform is not signed"))
                .anySatisfy(it ->
                        assertThat(it)
                                .contains("(assent/forged)")
                                .contains("has a signature that is not one of these bytes"))
                .anySatisfy(it ->
                        assertThat(it)
                                .contains("(assent/foreign)")
                                .contains("nobody is known to have: SHA256:"));
    }

    @Test
    void a_yes_counts_once_even_where_its_plan_is_proposed_again() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var plan = proposed("main");
        var tag = tag("assent/yes", approve(plan));
        pipeline.poll();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);

        rejectAndProposeAgain(plan);
        push("refs/tags/assent/yes:refs/tags/assent/once-more");
        pipeline.poll();
        pipeline.poll();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(audited("plan.refused"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.who()).isEqualTo("ada");
                    assertThat(it.application()).contains("shop/production");
                    assertThat(it.plan()).contains(plan.digest().toString());
                    assertThat(it.detail())
                            .contains(tag.substring(0, 10))
                            .contains("spoke to an earlier proposal of " + plan.id());
                });

        tag("assent/new", approve(plan));
        pipeline.poll();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);
    }

    @Test
    void a_signature_that_is_written_otherwise_makes_no_new_yes() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var plan = proposed("main");
        var tag = tag("assent/yes", approve(plan));
        pipeline.poll();
        rejectAndProposeAgain(plan);

        var copy = clone.write("tag", rewrapped(clone.object("tag", tag)));
        assertThat(copy).isNotEqualTo(tag);
        clone.git("update-ref", "refs/tags/assent/copy", copy);
        push("assent/copy");
        pipeline.poll();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(audited("plan.refused"))
                .extracting(AuditEntry::detail)
                .anySatisfy(it ->
                        assertThat(it).contains("is a copy of " + tag + ", which counts once"));
    }

    @Test
    void what_destroys_data_needs_its_own_line() throws Exception {
        var first = proposed("main", "legacy");
        tag("assent/first", approve(first));
        pipeline.poll();
        awaitApplied(first);
        manifest("main");
        pipeline.poll();
        var removal = pipeline.plans(PlanState.PROPOSED).getFirst();

        tag("assent/too-little", approve(removal));
        pipeline.poll();

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(audited("plan.refused"))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.detail())
                                .contains("destroys data of postgresql/legacy and needs a yes"));

        tag("assent/enough", approve(removal) + "\nAssent-Destroy: postgresql/legacy");
        pipeline.poll();
        awaitApplied(removal);
        assertThat(pipeline.provider.calls()).contains("remove legacy");
    }

    @Test
    void a_yes_waits_an_hour_for_its_plan() throws Exception {
        proposed("main");
        tag("assent/early", "Early\n\nAssent-Approve: " + ones());

        pipeline.poll();
        pipeline.later(Duration.ofMinutes(59));
        pipeline.poll();
        assertThat(audited("plan.refused")).isEmpty();

        pipeline.later(Duration.ofMinutes(2));
        pipeline.poll();
        pipeline.poll();
        assertThat(audited("plan.refused"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.who()).isEqualTo("ada");
                    assertThat(it.detail()).contains("there is no such plan");
                });
    }

    @Test
    void a_no_can_be_signed_too() throws Exception {
        var plan = proposed("main");

        tag("assent/no", "No\n\nAssent-Reject: " + plan.digest());
        pipeline.poll();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.REJECTED);
        assertThat(pipeline.plan(plan).reason())
                .hasValueSatisfying(it -> assertThat(it).startsWith("rejected by ada: in tag "));
    }

    @Test
    void a_daemon_that_was_stopped_while_it_heard_a_yes_neither_repeats_nor_refuses_it()
            throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var plan = proposed("main");
        var tag = tag("assent/yes", approve(plan));
        pipeline.poll();
        var word =
                new SignedWord(
                        tag,
                        Optional.of(plan.digest()),
                        "platform",
                        "refs/tags/assent/yes",
                        "tag",
                        "",
                        Optional.of("ada"),
                        SignedWord.Outcome.ASKED,
                        "",
                        pipeline.instant());
        pipeline.store.signedWords().became(word);
        assertThat(pipeline.store.signedWords().open("platform")).hasSize(1);
        pipeline.later(Duration.ofMinutes(1));

        pipeline.restart();
        pipeline.poll();

        assertThat(pipeline.store.signedWords().open("platform")).isEmpty();
        assertThat(audited("plan.refused")).isEmpty();
        assertThat(pipeline.plan(plan).assents()).hasSize(1);
    }

    @Test
    void a_no_is_not_refused_either_when_the_daemon_was_stopped_meanwhile() throws Exception {
        var plan = proposed("main");
        var tag = tag("assent/no", "No\n\nAssent-Reject: " + plan.digest());
        pipeline.poll();
        pipeline.store
                .signedWords()
                .became(
                        new SignedWord(
                                tag,
                                Optional.of(plan.digest()),
                                "platform",
                                "refs/tags/assent/no",
                                "tag",
                                "",
                                Optional.of("ada"),
                                SignedWord.Outcome.ASKED,
                                "",
                                pipeline.instant()));
        pipeline.later(Duration.ofMinutes(1));

        pipeline.restart();
        pipeline.poll();

        assertThat(pipeline.store.signedWords().open("platform")).isEmpty();
        assertThat(audited("plan.refused")).isEmpty();
    }

    @Test
    void an_unsigned_commit_of_a_head_makes_no_plan_where_all_must_be_signed() throws Exception {
        var plan = proposed("main");
        pipeline.requireSignedCommits();
        pipeline.watch("feature/*");
        clone.git("checkout", "-q", "-b", "feature/x");
        write("main", "hostile");
        var bad = clone.head();
        clone.signedCommit("On top");
        push("feature/x");

        pipeline.poll();

        assertThat(pipeline.store.heads().all())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.condition()).isEqualTo(HeadState.Condition.CONFLICT);
                    assertThat(it.detail().orElse("")).contains(bad.substring(0, 10));
                });
        assertThat(pipeline.plans(PlanState.PROPOSED))
                .extracting(StoredPlan::id)
                .containsExactly(plan.id());

        clone.git("reset", "-q", "--hard", bad + "~1");
        write(true, "main", "wanted");
        push("+feature/x");
        pipeline.poll();
        assertThat(pipeline.plans(PlanState.PROPOSED)).hasSize(2);
    }

    @Test
    void unsigned_commits_are_not_read_where_all_must_be_signed() throws Exception {
        var plan = proposed("main");
        pipeline.requireSignedCommits();
        write("main", "hostile");
        var bad = clone.head();
        clone.signedCommit("On top");
        push("main");

        pipeline.poll();
        pipeline.poll();

        var state = pipeline.store.repositories().get("platform").orElseThrow();
        assertThat(state.condition()).isEqualTo(RepositoryState.Condition.UNSIGNED);
        assertThat(state.detail())
                .hasValueSatisfying(
                        it -> assertThat(it).contains(bad.substring(0, 10) + " is not signed"));
        assertThat(pipeline.plans(PlanState.PROPOSED))
                .extracting(StoredPlan::id)
                .containsExactly(plan.id());
        assertThat(audited("commits.refused")).hasSize(1);

        clone.git("reset", "-q", "--hard", bad + "~1");
        write(true, "main", "wanted");
        push("+main");
        pipeline.poll();

        assertThat(pipeline.store.repositories().get("platform").orElseThrow().condition())
                .isEqualTo(RepositoryState.Condition.OK);
        assertThat(pipeline.plans(PlanState.PROPOSED))
                .extracting(StoredPlan::id)
                .doesNotContain(plan.id())
                .hasSize(1);
    }

    private StoredPlan proposed(String... groups) throws Exception {
        manifest(groups);
        pipeline.poll();
        return pipeline.plans(PlanState.PROPOSED).getFirst();
    }

    private void manifest(String... groups) throws Exception {
        write(groups);
        push("main");
    }

    private void write(String... groups) throws Exception {
        write(false, groups);
    }

    private void write(boolean signed, String... groups) throws Exception {
        var file = clone.work().resolve(MANIFEST);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Pipeline.manifest(groups));
        clone.git("add", ".");
        if (signed) clone.signedCommit("Change it");
        else clone.commit("Change it");
    }

    private String tag(String name, String message) {
        var tag = clone.signedTag(name, message);
        push("refs/tags/" + name);
        return tag;
    }

    private void push(String... refs) {
        for (var ref : refs) clone.git("push", "-q", "origin", ref);
    }

    private static String approve(StoredPlan plan) {
        return "Approve %s\n\nAssent-Approve: %s".formatted(plan.id(), plan.digest());
    }

    private static String ones() {
        return "sha256:" + "1".repeat(64);
    }

    private void rejectAndProposeAgain(StoredPlan plan) {
        pipeline.reconciler.reject(
                plan.id(), Speaker.admin("bob", Channel.CLI), "thought better of it");
        pipeline.later(Duration.ofMinutes(1));
        assertThat(pipeline.reconciler.planOnceMore(SHOP)).isEmpty();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
    }

    /// The same signature in lines of another length.
    private static byte[] rewrapped(byte[] tag) {
        var text = new String(tag, ISO_8859_1);
        var begin = "-----BEGIN SSH SIGNATURE-----\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("\n-----END");
        var base64 = text.substring(from, to).replace("\n", "");
        var lines = base64.replaceAll("(.{60})", "$1\n");
        return (text.substring(0, from) + lines + text.substring(to)).getBytes(ISO_8859_1);
    }

    private List<AuditEntry> audited(String what) {
        return pipeline.store.audit().newest(Optional.empty(), 100).stream()
                .filter(it -> it.what().equals(what))
                .toList();
    }

    private void awaitApplied(StoredPlan plan) {
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }
}
