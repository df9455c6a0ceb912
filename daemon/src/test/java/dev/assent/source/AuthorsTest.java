package dev.assent.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.source.signature.Clone;
import dev.assent.source.signature.SignatureCheck;
import dev.assent.source.signature.Signers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who made what changed, as real Git writes it.
class AuthorsTest {

    private static final SignatureCheck NOBODY = new SignatureCheck(Signers.NONE);
    private static final String SHOP = "shop.yml";
    private static final String BLOG = "blog.yml";

    @TempDir Path folder;
    private Clone clone;
    private String begin = "";

    @BeforeEach
    void open() {
        clone = new Clone(folder);
        begin = clone.head();
    }

    @AfterEach
    void close() {
        clone.close();
    }

    @Test
    void each_file_is_theirs_who_changed_it() throws IOException {
        by("ben", SHOP, "one", "Change it");
        by("cleo", BLOG, "one", "Change another");
        by("dora", "README", "one", "Change something else");

        assertThat(made(Optional.of(begin)))
                .isEqualTo(
                        Map.of(
                                SHOP, Set.of("email:ben@example.org"),
                                BLOG, Set.of("email:cleo@example.org")));
    }

    @Test
    void where_it_is_not_known_where_the_branch_stood_the_heads_maker_answers_for_all()
            throws IOException {
        by("ben", SHOP, "one", "Change it");
        by("cleo", BLOG, "one", "Change another");

        assertThat(made(Optional.empty()))
                .isEqualTo(
                        Map.of(
                                SHOP, Set.of("email:cleo@example.org"),
                                BLOG, Set.of("email:cleo@example.org")));
    }

    @Test
    void whom_a_commit_names_beside_its_author_made_it_too() throws IOException {
        by("ben", SHOP, "one", "Squash it\n\nCo-authored-by: Ada <Ada@example.org>");

        assertThat(made(Optional.of(begin)).get(SHOP))
                .containsExactly("email:ada@example.org", "email:ben@example.org");
        assertThat(between()).containsExactly("email:ada@example.org", "email:ben@example.org");
    }

    @Test
    void whoever_only_merges_made_nothing() throws IOException {
        merged("ours");
        clone.git("add", ".");
        merge("cleo");

        assertThat(made(Optional.of(begin)).get(SHOP)).containsExactly("email:ben@example.org");
        assertThat(between()).containsExactly("email:ben@example.org", "email:dora@example.org");
    }

    @Test
    void whoever_changes_something_while_merging_made_that() throws IOException {
        merged("ours");
        Files.writeString(clone.work().resolve(SHOP), "another\n");
        clone.git("add", ".");
        merge("cleo");

        assertThat(made(Optional.of(begin)).get(SHOP))
                .containsExactly("email:ben@example.org", "email:cleo@example.org");
        assertThat(between())
                .containsExactly(
                        "email:ben@example.org",
                        "email:cleo@example.org",
                        "email:dora@example.org");
    }

    /// Two branches that are about to be merged.
    private void merged(String branch) throws IOException {
        clone.git("checkout", "-q", "-b", branch);
        by("ben", SHOP, "one", "Change it");
        clone.git("checkout", "-q", "main");
        by("dora", BLOG, "one", "Change another");
        clone.git("merge", "-q", "--no-ff", "--no-commit", branch);
    }

    private void merge(String who) {
        clone.git("config", "user.email", who + "@example.org");
        clone.commit("Merge");
    }

    private void by(String who, String path, String text, String message) throws IOException {
        clone.git("config", "user.email", who + "@example.org");
        Files.writeString(clone.work().resolve(path), text + "\n");
        clone.git("add", ".");
        clone.commit(message);
    }

    private Map<String, SortedSet<String>> made(Optional<String> since) throws IOException {
        try (var git = new FileRepositoryBuilder().setWorkTree(clone.work().toFile()).build();
                var commits = new RevWalk(git)) {
            return new Authors(commits, NOBODY).of(since, clone.head(), List.of(SHOP, BLOG));
        }
    }

    private SortedSet<String> between() throws IOException {
        try (var git = new FileRepositoryBuilder().setWorkTree(clone.work().toFile()).build();
                var commits = new RevWalk(git)) {
            return new Authors(commits, NOBODY)
                    .between(
                            commits.parseCommit(ObjectId.fromString(begin)),
                            commits.parseCommit(ObjectId.fromString(clone.head())));
        }
    }
}
