package dev.assent.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.source.SignedYes.Kind;
import dev.assent.source.signature.Clone;
import dev.assent.source.signature.Signature;
import dev.assent.source.signature.Signer;
import dev.assent.source.signature.Signers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tags and commits that people signed and pushed, as a poll finds them.
class SignedObjectsTest {

    private static final String YES = "Approve it\n\nAssent-Approve: sha256:" + "1".repeat(64);

    @TempDir Path folder;
    private Clone clone;
    private Path bare;
    private GitSource source;
    private SignedObjects objects;
    private Optional<String> last = Optional.empty();

    @BeforeEach
    void open() {
        clone = new Clone(folder.resolve("ada"));
        bare = folder.resolve("platform.git");
        clone.run("git", "init", "-q", "--bare", "-b", "main", bare.toString());
        clone.git("remote", "add", "origin", bare.toString());
        var key = clone.signWithSsh("ada", "-t", "ed25519");
        source = new GitSource(folder.resolve("mirrors"));
        objects =
                new SignedObjects(
                        source,
                        () -> Signers.of(List.of(new Signer("ada", List.of(key), List.of()))));
        push("main");
        poll();
    }

    @AfterEach
    void close() {
        clone.close();
    }

    @Test
    void a_tag_is_fetched_where_the_branch_stands_still() {
        var tag = clone.signedTag("assent/p-1", YES);
        push("refs/tags/assent/p-1");
        poll();

        var found = objects.tags(repository(), _ -> false);

        assertThat(found)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.object()).isEqualTo(tag);
                    assertThat(it.kind()).isEqualTo(Kind.TAG);
                    assertThat(it.ref()).isEqualTo("refs/tags/assent/p-1");
                    assertThat(it.signature()).isInstanceOf(Signature.Good.class);
                    assertThat(it.approves()).hasSize(1);
                });
        assertThat(objects.tags(repository(), Set.of(tag)::contains)).isEmpty();
        assertThat(objects.again(repository(), Kind.TAG, tag, "refs/tags/assent/p-1"))
                .contains(found.getFirst());
    }

    @Test
    void other_tags_and_names_of_commits_say_nothing() {
        clone.signedTag("v1", YES);
        clone.git("tag", "assent/light");
        clone.git("tag", "--no-sign", "-a", "-m", "No word to a plan", "assent/words");
        push("refs/tags/v1", "refs/tags/assent/light", "refs/tags/assent/words");
        poll();

        assertThat(objects.tags(repository(), _ -> false)).isEmpty();
        assertThat(clone.run("git", "--git-dir", mirror(), "for-each-ref", "refs/tags")).isEmpty();
    }

    @Test
    void a_tag_that_is_taken_away_says_nothing_any_more() {
        var tag = clone.signedTag("assent/p-1", YES);
        push("refs/tags/assent/p-1");
        poll();
        push(":refs/tags/assent/p-1");

        poll();

        assertThat(objects.tags(repository(), _ -> false)).isEmpty();
        assertThat(objects.again(repository(), Kind.TAG, tag, "refs/tags/assent/p-1")).isEmpty();
    }

    @Test
    void new_commits_speak_the_oldest_first_and_old_ones_do_not() {
        clone.signedCommit(YES);
        push("main");
        poll();
        var since = Optional.of(clone.head());
        var one = clone.signedCommit(YES);
        clone.signedCommit("Says nothing");
        var two = clone.commit(YES);
        push("main");
        poll();

        var found = objects.approvalsIn(repository(), since, two, "main");

        assertThat(found).extracting(SignedYes::object).containsExactly(one, two);
        assertThat(found.getFirst().signature()).isInstanceOf(Signature.Good.class);
        assertThat(found.getLast().signature()).isEqualTo(new Signature.Unsigned());
    }

    @Test
    void where_it_is_not_known_where_the_branch_stood_only_its_head_speaks() {
        clone.signedCommit(YES);
        var head = clone.signedCommit(YES);
        push("main");
        poll();

        for (var since : List.of(Optional.<String>empty(), Optional.of("1".repeat(40)))) {
            assertThat(objects.approvalsIn(repository(), since, head, "main"))
                    .extracting(SignedYes::object)
                    .containsExactly(head);
        }
    }

    @Test
    void every_new_commit_has_to_be_signed_not_only_the_head() {
        var accepted = Optional.of(clone.head());
        var good = clone.signedCommit("Signed");
        assertThat(required(accepted)).isInstanceOf(Poll.Moved.class);
        assertThat(good).isEqualTo(clone.head());

        var bad = clone.commit("Not signed");
        clone.signedCommit("Signed on top");

        assertThat(required(accepted))
                .isInstanceOfSatisfying(
                        Poll.Unsigned.class,
                        it -> {
                            assertThat(it.commits()).containsExactly(bad);
                            assertThat(it.head()).isEqualTo(clone.head());
                            assertThat(it.why()).contains(bad.substring(0, 10) + " is not signed");
                        });
        assertThat(required(Optional.of(bad))).isInstanceOf(Poll.Moved.class);
    }

    @Test
    void a_merge_must_be_signed_and_so_must_what_it_brings() {
        var accepted = Optional.of(clone.head());
        clone.git("checkout", "-q", "-b", "feature");
        var brought = clone.commit("Brought");
        clone.git("checkout", "-q", "main");
        clone.git("merge", "-q", "--no-ff", "-S", "-m", "Merge", "feature");

        assertThat(required(accepted))
                .isInstanceOfSatisfying(
                        Poll.Unsigned.class,
                        it -> assertThat(it.commits()).containsExactly(brought));

        clone.git("reset", "-q", "--hard", accepted.get());
        clone.git("checkout", "-q", "-B", "feature");
        clone.signedCommit("Brought");
        clone.git("checkout", "-q", "main");
        clone.git("merge", "-q", "--no-ff", "--no-gpg-sign", "-m", "Merge", "feature");

        assertThat(required(accepted))
                .isInstanceOfSatisfying(
                        Poll.Unsigned.class,
                        it -> assertThat(it.commits()).containsExactly(clone.head()));
    }

    @Test
    void history_that_was_rewritten_must_be_signed_as_far_as_it_is_new() {
        var begin = clone.head();
        clone.signedCommit("Accepted");
        var accepted = Optional.of(clone.head());
        push("main");
        poll();
        clone.git("reset", "-q", "--hard", begin);
        var bad = clone.commit("Rewritten");
        clone.signedCommit("On top");

        assertThat(required(accepted))
                .isInstanceOfSatisfying(
                        Poll.Unsigned.class, it -> assertThat(it.commits()).containsExactly(bad));
    }

    @Test
    void at_the_first_look_the_head_answers_for_what_lies_beneath_unless_it_is_said_since_when() {
        var begin = clone.head();
        var bad = clone.commit("Not signed");
        var head = clone.signedCommit("Signed");
        push("main");
        poll();

        assertThat(refused(Optional.empty(), Optional.empty(), head)).isEmpty();
        assertThat(refused(Optional.empty(), Optional.empty(), bad)).isPresent();
        assertThat(refused(Optional.of(bad), Optional.empty(), head)).isEmpty();
        assertThat(refused(Optional.of(begin), Optional.empty(), head))
                .hasValueSatisfying(it -> assertThat(it.commits()).containsExactly(bad));
    }

    @Test
    void where_the_accepted_commit_is_lost_nothing_is_taken_for_accepted() {
        var begin = clone.head();
        var head = clone.signedCommit("Signed");
        push("main");
        poll();

        assertThat(refused(Optional.empty(), Optional.of("1".repeat(40)), head))
                .hasValueSatisfying(it -> {
                    assertThat(it.commits()).containsExactly(begin);
                    assertThat(it.why())
                            .contains("1111111111, which was trusted, is not there any more")
                            .contains("signed_since");
                });
        assertThat(refused(Optional.of(begin), Optional.of("1".repeat(40)), head)).isEmpty();
    }

    private Optional<Poll.Unsigned> refused(
            Optional<String> since, Optional<String> accepted, String head) {
        return objects.refused(repository(), new SignedCommits(since), accepted, head);
    }

    /// What a poll comes to where commits have to be signed.
    private Poll required(Optional<String> accepted) {
        push("+main");
        var poll = source.poll(repository(), accepted);
        return objects.accepted(repository(), accepted, poll);
    }

    private void poll() {
        if (source.poll(repository(), last) instanceof Poll.Moved moved) {
            last = Optional.of(moved.head());
        }
    }

    private void push(String... refs) {
        for (var ref : refs) clone.git("push", "-q", "origin", ref);
    }

    private String mirror() {
        return folder.resolve("mirrors/platform").toString();
    }

    private Repository repository() {
        return new Repository(
                "platform",
                "file://" + bare,
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(1),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SignedCommits(Optional.empty())),
                Repository.POLL_TIMEOUT);
    }
}
