package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.source.signature.Clone;
import dev.assent.source.signature.Signature;
import dev.assent.source.signature.SignatureCheck;
import dev.assent.source.signature.SignedBytes;
import dev.assent.source.signature.Signer;
import dev.assent.source.signature.Signers;
import dev.assent.state.StoredPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `approve --git`, in a person's real clone.
class GitApprovalTest {

    @TempDir Path folder;
    private Door door;
    private StoredPlan plan;
    private Clone clone;
    private String key = "";

    @BeforeEach
    void open() throws Exception {
        door = new Door(Files.createDirectory(folder.resolve("run")));
        plan = FakeDesk.waiting();
        door.desk.plans.add(plan);
        clone = new Clone(folder.resolve("ada"));
        var bare = folder.resolve("platform.git");
        clone.run("git", "init", "-q", "--bare", "-b", "main", bare.toString());
        clone.git("remote", "add", "origin", bare.toString());
        clone.git("push", "-q", "origin", "main");
        key = clone.signWithSsh("ada", "-t", "ed25519");
    }

    @AfterEach
    void close() {
        clone.close();
        door.close();
    }

    @Test
    void a_signed_tag_is_pushed_and_the_plan_shown_before() {
        var typed = approve(plan.id(), "--destroy", "postgresql/legacy");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("remove group postgresql/legacy")
                .containsPattern(
                        "Pushed tag assent/%s-ada-[0-9a-f]{8}; it says yes to %s when the daemon looks next; to see what came of it: assent show %s\n"
                                .formatted(plan.id(), plan.id(), plan.id()));
        var tag = remote("refs/tags/assent/").strip();
        assertThat(signature(SignedBytes.ofTag(clone.object("tag", tag))))
                .isInstanceOf(Signature.Good.class);
        assertThat(clone.git("for-each-ref", "--format=%(contents:subject)", "refs/tags"))
                .isEqualTo("Approve " + plan.id() + " of shop/production");
        assertThat(clone.git("for-each-ref", "--format=%(contents:body)", "refs/tags").strip())
                .isEqualTo(
                        "Assent-Approve: %s\nAssent-Destroy: postgresql/legacy"
                                .formatted(plan.digest()));
        assertThat(door.desk.yeses).isEmpty();
    }

    @Test
    void with_the_whole_digest_no_daemon_is_needed() {
        door.close();

        var typed = approve(plan.digest().toString(), "--hold-destructive");

        assertThat(typed.code()).isZero();
        assertThat(typed.err()).contains("the plan is not shown: ");
        assertThat(clone.git("for-each-ref", "--format=%(contents:body)", "refs/tags").strip())
                .isEqualTo(
                        "Assent-Approve: %s\nAssent-Hold-Destructive: yes"
                                .formatted(plan.digest()));
    }

    @Test
    void a_commit_changes_no_file_and_takes_nothing_that_is_prepared() throws Exception {
        var before = clone.head();
        Files.writeString(clone.work().resolve("half-done"), "x");
        clone.git("add", "half-done");

        var typed = approve(plan.id(), "--commit", "--destroy", "postgresql/legacy");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("Pushed commit " + clone.head().substring(0, 10));
        assertThat(clone.git("rev-parse", "HEAD~1")).isEqualTo(before);
        assertThat(clone.git("diff", "--name-only", "HEAD~1", "HEAD")).isEmpty();
        assertThat(clone.git("diff", "--name-only", "--cached")).isEqualTo("half-done");
        assertThat(remote("refs/heads/main")).isEqualTo(clone.head());
        assertThat(signature(SignedBytes.ofCommit(clone.object("commit", clone.head()))))
                .isInstanceOf(Signature.Good.class);
    }

    @Test
    void without_a_push_the_command_for_it_is_printed() {
        var typed = approve(plan.id(), "--no-push", "--hold-destructive", "--quiet");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .containsPattern(
                        "Signed tag assent/.*; to push it: git -C '.*' push origin refs/tags/assent/");
        assertThat(remote("refs/tags/assent/")).isEmpty();
    }

    @Test
    void as_JSON_it_is_for_programs() {
        var typed = approve(plan.id(), "--hold-destructive", "--format", "json");

        var json = JsonMapper.shared().readTree(typed.out());
        assertThat(json.path("plan").asString()).isEqualTo(plan.digest().toString());
        assertThat(json.path("pushed").asBoolean()).isTrue();
        assertThat(json.path("object").asString()).isEqualTo(remote("refs/tags/assent/"));
    }

    @Test
    void a_yes_that_is_not_enough_is_not_signed() {
        var typed = approve(plan.id());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("destroys data of postgresql/legacy and needs a yes");
        assertThat(clone.git("tag")).isEmpty();
    }

    @Test
    void without_a_key_it_is_said_how_to_get_one() {
        clone.git("config", "user.signingkey", folder + "/none");

        var typed = approve(plan.id(), "--hold-destructive");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .contains("git could not sign:", "git config --global gpg.format ssh");
        assertThat(clone.git("tag")).isEmpty();
    }

    @Test
    void a_push_that_is_refused_leaves_no_tag_behind() {
        clone.git("remote", "set-url", "origin", folder + "/none.git");

        var typed = approve(plan.id(), "--hold-destructive");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err())
                .contains("nothing was approved, since the push was refused:", "--remote");
        assertThat(clone.git("tag")).isEmpty();
    }

    @Test
    void a_branch_that_moved_on_is_not_pushed_over() {
        clone.commit("Theirs");
        clone.git("push", "-q", "origin", "main");
        clone.git("reset", "-q", "--hard", "HEAD~1");
        var before = clone.head();

        var typed = approve(plan.id(), "--hold-destructive", "--commit");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("the branch has moved on; git pull, and try again");
        assertThat(clone.head()).isEqualTo(before);
    }

    @Test
    void without_a_clone_or_with_words_that_contradict_nothing_is_tried() throws Exception {
        var nowhere = Files.createDirectory(folder.resolve("nowhere"));

        assertThat(at(nowhere, Map.of(), plan.id()).err()).contains("is no clone of a Git");
        assertThat(at(folder.resolve("missing"), Map.of(), plan.id()).err())
                .contains("there is no folder");
        assertThat(approve(plan.id(), "--tag", "--commit").err()).contains("leave out --tag");
        assertThat(approve(plan.id(), "--follow").err()).contains("leave out --follow");
        assertThat(approve(plan.id(), "--destroy", "legacy").err()).contains("ENGINE/GROUP");
        assertThat(clone.git("tag")).isEmpty();
    }

    private Typed approve(String... arguments) {
        return at(clone.work(), clone.environment(), arguments);
    }

    private Typed at(Path repository, Map<String, String> more, String... arguments) {
        var all = new ArrayList<>(List.of("approve", "--git", "--repo", repository.toString()));
        all.addAll(List.of(arguments));
        var variables = new HashMap<>(more);
        variables.put("ASSENT_RUN", door.runFolder.toString());
        variables.putIfAbsent("PATH", System.getenv("PATH"));
        return Typed.run(false, variables, all.toArray(String[]::new));
    }

    private String remote(String prefix) {
        return clone.run(
                "git",
                "--git-dir",
                folder + "/platform.git",
                "for-each-ref",
                "--format=%(objectname)",
                prefix);
    }

    private Signature signature(SignedBytes object) {
        var signers = Signers.of(List.of(new Signer("ada", List.of(key), List.of())));
        return new SignatureCheck(signers).check(object);
    }
}
