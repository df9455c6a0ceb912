package dev.assent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedHeadTest {

    private static final String REF = "refs/assent/audit";
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

    @TempDir Path folder;

    private Path bare;
    private GitSource source;
    private Repository repository;

    @BeforeEach
    void open() throws Exception {
        bare = folder.resolve("platform.git");
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call()
                .close();
        source = new GitSource(folder.resolve("mirrors"));
        repository = at(bare);
    }

    private static Repository at(Path bare) {
        return new Repository(
                "platform",
                bare.toUri().toString(),
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(1));
    }

    @Test
    void each_head_comes_after_the_one_before_on_a_ref_of_its_own() throws IOException {
        assertThat(source.published(repository, REF)).isEmpty();

        source.publish(repository, REF, "one\n", NOW);
        source.publish(repository, REF, "two\n", NOW.plusSeconds(60));

        assertThat(source.published(repository, REF)).containsExactly("two\n", "one\n");
        assertThat(PublishedHead.inClone(bare, REF)).containsExactly("two\n", "one\n");
        try (var git = Git.open(bare.toFile()).getRepository()) {
            assertThat(git.getRefDatabase().getRefsByPrefix("refs/heads/")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refs/heads/main",
                "refs/tags/audit",
                "refs/pull/7/head",
                "audit",
                "HEAD",
                "refs/assent/../heads/main",
                "refs/assent/a b"
            })
    void nothing_is_ever_published_on_a_branch_or_a_tag(String ref) {
        assertThat(PublishedHead.isRef(ref)).isFalse();
        assertThatThrownBy(() -> source.publish(repository, ref, "one\n", NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_repository_that_cannot_be_reached_is_told_of() {
        var gone = at(folder.resolve("gone.git"));
        assertThatThrownBy(() -> source.publish(gone, REF, "one\n", NOW))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("platform");
        assertThatThrownBy(() -> source.published(gone, REF)).isInstanceOf(SourceException.class);
    }

    @Test
    void a_repository_that_refuses_a_push_is_told_of_and_keeps_what_it_has() throws IOException {
        source.publish(repository, REF, "one\n", NOW);
        // Somebody else writes it at this moment.
        Files.createFile(bare.resolve(REF + ".lock"));

        assertThatThrownBy(() -> source.publish(repository, REF, "two\n", NOW))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("pushing to");

        assertThat(source.published(repository, REF)).containsExactly("one\n");
    }

    @Test
    void a_clone_without_the_ref_says_how_to_fetch_it() {
        assertThatThrownBy(() -> PublishedHead.inClone(bare, REF))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("git fetch origin refs/assent/audit:refs/assent/audit");
    }
}
