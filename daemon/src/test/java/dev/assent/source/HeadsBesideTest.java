package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.assent.source.Poll.Gone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadsBesideTest {

    private static final String SHOP = "apps/shop/manifest.yml";
    private static final String BLOG = "apps/blog/manifest.yml";
    private static final String THREE_LINES = "one\ntwo\nthree\n";
    private static final List<HeadPattern> FEATURES = List.of(new HeadPattern("feature/*"));

    private static final Optional<String> NOTHING = Optional.empty();

    @TempDir Path folder;
    private Origin origin;
    private GitSource source;

    @BeforeEach
    void start() {
        origin = Origin.in(folder.resolve("platform.git"));
        source = new GitSource(folder.resolve("mirrors"));
    }

    @Test
    void wanted_refs_are_told_with_where_they_stand() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var one = origin.file(SHOP, "1").commit("feature/one", Optional.of(main));
        var two = origin.file(SHOP, "2").commit("feature/deep/two", Optional.of(main));
        origin.commit("other", Optional.of(main));

        var look = look(FEATURES);

        assertThat(look.branch()).isInstanceOf(Poll.Moved.class);
        assertThat(look.heads())
                .isEqualTo(
                        Map.of("refs/heads/feature/one", one, "refs/heads/feature/deep/two", two));
    }

    @Test
    void a_head_that_moved_is_seen_though_the_branch_stands_still() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        origin.file(SHOP, "1").commit("feature/one", Optional.of(main));
        look(FEATURES);
        var moved = origin.file(SHOP, "2").commit("feature/one", Optional.of(main));

        var look = source.look(repository(), Optional.of(main), FEATURES);

        assertThat(look.branch()).isInstanceOf(Poll.Unchanged.class);
        assertThat(look.heads()).isEqualTo(Map.of("refs/heads/feature/one", moved));
        assertThat(texts(merged(main, moved))).containsExactly("2");
    }

    @Test
    void a_branch_that_is_gone_is_no_head_any_more() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        origin.commit("feature/one", Optional.of(main));
        look(FEATURES);
        origin.deleteBranch("feature/one");

        assertThat(look(FEATURES).heads()).isEmpty();
    }

    @Test
    void a_head_is_merged_line_by_line_with_what_the_branch_became() {
        var main = origin.file(SHOP, THREE_LINES).file(BLOG, "blog\n").commit();
        var head = origin.file(SHOP, "ONE\ntwo\nthree\n").commit("feature/one", Optional.of(main));
        var moved = origin.file(SHOP, "one\ntwo\nTHREE\n").file(BLOG, "moved on\n").commit();
        look(FEATURES);

        var clean = clean(merged(moved, head));

        assertThat(clean.changed())
                .extracting(ManifestFile::app, ManifestFile::path, ManifestFile::commit)
                .containsExactly(tuple("shop", SHOP, head));
        assertThat(texts(clean)).containsExactly("ONE\ntwo\nTHREE\n");
        assertThat(clean.gone()).isEmpty();
        assertThat(clean.authors()).containsExactly("email:somebody@example.org");
    }

    @Test
    void the_same_lines_changed_on_both_sides_are_a_conflict_that_names_the_file() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var head = origin.file(SHOP, "ONE\ntwo\nthree\n").commit("feature/one", Optional.of(main));
        var moved = origin.file(SHOP, "1\ntwo\nthree\n").commit();
        look(FEATURES);

        assertThat(merged(moved, head))
                .isEqualTo(
                        new Merged.Conflict(
                                "it conflicts with main in `apps/shop/manifest.yml`; merge main into it, or rebase it"));
    }

    @Test
    void changed_here_and_taken_away_there_is_a_conflict() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var head = origin.without(SHOP).commit("feature/one", Optional.of(main));
        var moved = origin.file(SHOP, "ONE\ntwo\nthree\n").commit();
        look(FEATURES);

        assertThat(merged(moved, head)).isInstanceOf(Merged.Conflict.class);
    }

    @Test
    void the_same_change_on_both_sides_is_no_change() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var head = origin.file(SHOP, "ONE\ntwo\nthree\n").commit("feature/one", Optional.of(main));
        var squashed = origin.file(SHOP, "ONE\ntwo\nthree\n").commit();
        look(FEATURES);

        assertThat(clean(merged(squashed, head)).changed()).isEmpty();
    }

    @Test
    void what_the_branch_has_whole_is_contained() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var head = origin.file(SHOP, "ONE\n").commit("feature/one", Optional.of(main));
        origin.setBranch("main", head);
        look(FEATURES);

        assertThat(merged(head, head)).isInstanceOf(Merged.Contained.class);
        assertThat(merged(head, main)).isInstanceOf(Merged.Contained.class);
    }

    @Test
    void heads_one_after_the_other_tell_of_the_last_one_alone() {
        var main = origin.file(SHOP, THREE_LINES).file(BLOG, "blog\n").commit();
        var first =
                origin.file(SHOP, "ONE\ntwo\nthree\n")
                        .file(BLOG, "blog 2\n")
                        .commit("feature/one", Optional.of(main));
        var second =
                origin.file(SHOP, "one\ntwo\nTHREE\n")
                        .file(BLOG, "blog\n")
                        .commit("feature/two", Optional.of(main));
        look(FEATURES);

        var clean = clean(source.merged(repository(), main, List.of(first, second)));
        var whole = clean(source.merged(repository(), main, List.of(first, second), "blog"));

        assertThat(texts(clean)).containsExactly("ONE\ntwo\nTHREE\n");
        assertThat(texts(whole)).containsExactly("blog 2\n");
    }

    @Test
    void manifests_that_a_head_adds_and_takes_away_are_told() {
        var main = origin.file(SHOP, THREE_LINES).file("README.md", "hello").commit();
        var head =
                origin.without(SHOP)
                        .file(BLOG, "blog\n")
                        .file("README.md", "changed")
                        .commit("feature/one", Optional.of(main));
        look(FEATURES);

        var clean = clean(merged(main, head));

        assertThat(texts(clean)).containsExactly("blog\n");
        assertThat(clean.gone()).containsExactly(new Gone("shop", SHOP));
    }

    @Test
    void a_head_without_a_common_history_is_a_conflict() {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var head = origin.file(SHOP, "else\n").commit("feature/one", Optional.empty());
        look(FEATURES);

        assertThat(merged(main, head))
                .isEqualTo(new Merged.Conflict("it has no history in common with main"));
    }

    @Test
    void a_damaged_mirror_is_made_again_with_its_heads() throws Exception {
        var main = origin.file(SHOP, THREE_LINES).commit();
        var head = origin.file(SHOP, "ONE\n").commit("feature/one", Optional.of(main));
        look(FEATURES);
        damageObjects();

        var look = new GitSource(folder.resolve("mirrors")).look(repository(), NOTHING, FEATURES);

        assertThat(look.heads()).containsValue(head);
        source = new GitSource(folder.resolve("mirrors"));
        assertThat(texts(merged(main, head))).containsExactly("ONE\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "refs/pull/*/*", "refs/tags/*", "refs/assent/*", "-x..y"})
    void what_fits_no_head_is_refused(String text) {
        assertThatThrownBy(() -> new HeadPattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + text + "`");
    }

    private void damageObjects() throws IOException {
        try (var objects = Files.walk(folder.resolve("mirrors/platform/objects"))) {
            for (var file : objects.filter(Files::isRegularFile).toList()) Files.delete(file);
        }
    }

    private Look look(List<HeadPattern> heads) {
        return source.look(repository(), NOTHING, heads);
    }

    private Merged merged(String branch, String head) {
        return source.merged(repository(), branch, List.of(head));
    }

    private static Merged.Clean clean(Merged merged) {
        return assertThat(merged).asInstanceOf(type(Merged.Clean.class)).actual();
    }

    private static List<String> texts(Merged merged) {
        return clean(merged).changed().stream().map(it -> new String(it.bytes(), UTF_8)).toList();
    }

    private Repository repository() {
        return new Repository(
                "platform",
                origin.url(),
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(30));
    }
}
