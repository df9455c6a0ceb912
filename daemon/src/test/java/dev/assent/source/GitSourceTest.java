package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.assent.source.Poll.Gone;
import dev.assent.source.Poll.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {

    private static final Optional<String> NOTHING_YET = Optional.empty();

    @TempDir Path folder;
    private Origin origin;
    private GitSource source;

    @BeforeEach
    void start() {
        origin = Origin.in(folder.resolve("platform.git"));
        source = new GitSource(folder.resolve("mirrors"));
    }

    @Test
    void the_first_look_reads_every_manifest() {
        var head =
                origin.file("apps/shop/manifest.yml", "shop: 1")
                        .file("apps/blog/manifest.yml", "blog: 1")
                        .file("apps/README.md", "no manifest")
                        .file("apps/shop/deeper/manifest.yml", "no manifest")
                        .commit();

        var poll = moved(NOTHING_YET);

        assertThat(poll.head()).isEqualTo(head);
        assertThat(poll.changed())
                .extracting(
                        ManifestFile::app,
                        ManifestFile::path,
                        ManifestFile::commit,
                        it -> new String(it.bytes(), UTF_8))
                .containsExactly(
                        tuple("blog", "apps/blog/manifest.yml", head, "blog: 1"),
                        tuple("shop", "apps/shop/manifest.yml", head, "shop: 1"));
        assertThat(poll.gone()).isEmpty();
    }

    @Test
    void a_branch_that_stands_still_is_unchanged() {
        var head = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);

        var poll = poll(Optional.of(head));

        assertThat(poll).isInstanceOf(Poll.Unchanged.class);
    }

    @Test
    void a_commit_that_touches_no_manifest_changes_nothing() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        var head = origin.file("README.md", "hello").file("apps/shop/notes", "hm").commit();

        var poll = moved(Optional.of(last));

        assertThat(poll).isEqualTo(new Moved(head, List.of(), List.of()));
    }

    @Test
    void changed_new_and_vanished_manifests_are_told_apart() {
        var last =
                origin.file("apps/shop/manifest.yml", "shop: 1")
                        .file("apps/blog/manifest.yml", "blog: 1")
                        .file("apps/same/manifest.yml", "same: 1")
                        .commit();
        moved(NOTHING_YET);
        origin.file("apps/shop/manifest.yml", "shop: 2")
                .file("apps/wiki/manifest.yml", "wiki: 1")
                .without("apps/blog/manifest.yml")
                .commit();

        var poll = moved(Optional.of(last));

        assertThat(texts(poll)).containsExactly("shop: 2", "wiki: 1");
        assertThat(poll.gone()).containsExactly(new Gone("blog", "apps/blog/manifest.yml"));
    }

    @Test
    void several_commits_at_once_are_one_difference() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();
        origin.file("apps/blog/manifest.yml", "blog: 1").commit();
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();

        var poll = moved(Optional.of(last));

        assertThat(texts(poll)).containsExactly("blog: 1");
    }

    @Test
    void a_difference_not_yet_taken_over_is_told_again() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();

        var first = moved(Optional.of(last));
        var again = new GitSource(folder.resolve("mirrors")).poll(repository(), Optional.of(last));

        assertThat(texts(first)).containsExactly("shop: 2");
        assertThat(texts((Moved) again)).containsExactly("shop: 2");
    }

    @Test
    void after_a_force_push_the_difference_is_to_what_was_read_last() {
        var root = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        var last =
                origin.file("apps/shop/manifest.yml", "shop: 2")
                        .file("apps/blog/manifest.yml", "blog: 1")
                        .commit();
        moved(NOTHING_YET);
        origin.without("apps/blog/manifest.yml")
                .file("apps/shop/manifest.yml", "shop: 3")
                .commit("main", Optional.of(root));

        var poll = moved(Optional.of(last));

        assertThat(texts(poll)).containsExactly("shop: 3");
        assertThat(poll.gone()).containsExactly(new Gone("blog", "apps/blog/manifest.yml"));
    }

    @Test
    void a_branch_set_back_by_force_is_read_as_it_was() {
        var root = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        var last = origin.file("apps/shop/manifest.yml", "shop: 2").commit();
        moved(NOTHING_YET);
        origin.setBranch("main", root);

        var poll = moved(Optional.of(last));

        assertThat(poll.head()).isEqualTo(root);
        assertThat(texts(poll)).containsExactly("shop: 1");
    }

    @Test
    void where_the_last_head_is_not_known_everything_is_read_and_nothing_gone() {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);

        var unknown = moved(Optional.of("12".repeat(20)));
        var noCommit = moved(Optional.of("no commit"));

        assertThat(texts(unknown)).containsExactly("shop: 1");
        assertThat(unknown.gone()).isEmpty();
        assertThat(texts(noCommit)).containsExactly("shop: 1");
    }

    @Test
    void a_repository_without_commits_is_empty() {
        assertThat(poll(NOTHING_YET)).isInstanceOf(Poll.Empty.class);
    }

    @Test
    void a_deleted_branch_is_gone_and_comes_back_with_the_right_difference() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.commit("other", Optional.of(last));
        origin.deleteBranch("main");

        var gone = poll(Optional.of(last));
        origin.file("apps/shop/manifest.yml", "shop: 2").commit("main", Optional.of(last));
        var back = moved(Optional.of(last));

        assertThat(gone).isInstanceOf(Poll.BranchGone.class);
        assertThat(texts(back)).containsExactly("shop: 2");
    }

    @Test
    void a_branch_that_never_was_is_gone() {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit("main2", Optional.empty());

        assertThat(poll(NOTHING_YET)).isInstanceOf(Poll.BranchGone.class);
    }

    @Test
    void a_repository_that_is_not_there_is_named_with_its_url_and_a_way_out() {
        var missing = repository("gone", "file://" + folder + "/nowhere.git");

        assertThatThrownBy(() -> source.poll(missing, NOTHING_YET))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Repository `gone`")
                .hasMessageContaining("file:///")
                .hasMessageContaining("/nowhere.git")
                .hasMessageContaining("looking where branch `main` stands")
                .hasMessageContaining("there is no Git repository")
                .hasMessageContaining("Check the URL");
    }

    @Test
    void a_lone_manifest_is_named_after_the_repository() {
        origin.file(".cloud66/manifest.yml", "production: {}").commit();
        var repository = repository("platform", origin.url(), ".cloud66/manifest.yml");

        var poll = (Moved) source.poll(repository, NOTHING_YET);

        assertThat(poll.changed()).extracting(ManifestFile::app).containsExactly("platform");
    }

    @Test
    void a_manifest_that_moves_to_another_path_is_changed_and_not_gone() {
        var patterns = new String[] {"apps/{app}/manifest.yml", "{app}.yml"};
        var repository = repository("platform", origin.url(), patterns);
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        source.poll(repository, NOTHING_YET);
        origin.without("apps/shop/manifest.yml").file("shop.yml", "shop: 1").commit();

        var poll = (Moved) source.poll(repository, Optional.of(last));

        assertThat(poll.changed()).extracting(ManifestFile::path).containsExactly("shop.yml");
        assertThat(poll.gone()).isEmpty();
    }

    @Test
    void what_a_star_leaves_open_is_looked_for_everywhere() {
        var repository = repository("platform", origin.url(), "*/{app}/manifest.yml");
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        source.poll(repository, NOTHING_YET);

        origin.file("other/shop/manifest.yml", "shop: 2").commit();
        assertThatThrownBy(() -> source.poll(repository, Optional.of(last)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("`other/shop/manifest.yml` are for application `shop`");

        origin.without("apps/shop/manifest.yml").commit();
        var poll = (Moved) source.poll(repository, Optional.of(last));
        assertThat(texts(poll)).containsExactly("shop: 2");
        assertThat(poll.gone()).isEmpty();
    }

    @Test
    void two_manifests_for_one_application_stop_the_repository_until_one_goes() {
        var patterns = new String[] {"apps/{app}/manifest.yml", "{app}.yml"};
        var repository = repository("platform", origin.url(), patterns);
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        source.poll(repository, NOTHING_YET);

        origin.file("shop.yml", "shop: 2").commit();
        assertThatThrownBy(() -> source.poll(repository, Optional.of(last)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("both `apps/shop/manifest.yml` and `shop.yml`")
                .hasMessageContaining("application `shop`")
                .hasMessageContaining("Remove one");
        assertThatThrownBy(() -> source.poll(repository, NOTHING_YET))
                .isInstanceOf(SourceException.class);

        origin.without("apps/shop/manifest.yml").commit();
        var poll = (Moved) source.poll(repository, Optional.of(last));
        assertThat(texts(poll)).containsExactly("shop: 2");
        assertThat(poll.gone()).isEmpty();
    }

    @Test
    void a_path_that_two_patterns_match_is_one_manifest() {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        var patterns = new String[] {"apps/{app}/manifest.yml", "*/{app}/manifest.yml"};
        var repository = repository("platform", origin.url(), patterns);

        var poll = (Moved) source.poll(repository, NOTHING_YET);

        assertThat(poll.changed()).extracting(ManifestFile::app).containsExactly("shop");
    }

    @Test
    void links_and_submodules_are_no_manifests() {
        origin.link("apps/link/manifest.yml", "/etc/passwd")
                .submodule("apps/module/manifest.yml", "34".repeat(20))
                .link("apps/folder", "/etc")
                .file("apps/tree/manifest.yml/x", "a folder")
                .executable("apps/shop/manifest.yml", "shop: 1")
                .commit();

        var poll = moved(NOTHING_YET);

        assertThat(texts(poll)).containsExactly("shop: 1");
    }

    @Test
    void a_manifest_that_becomes_a_link_is_gone() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.link("apps/shop/manifest.yml", "../blog/manifest.yml").commit();

        var poll = moved(Optional.of(last));

        assertThat(poll.changed()).isEmpty();
        assertThat(poll.gone()).containsExactly(new Gone("shop", "apps/shop/manifest.yml"));
    }

    @Test
    void a_manifest_that_only_becomes_executable_has_not_changed() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.executable("apps/shop/manifest.yml", "shop: 1").commit();

        assertThat(moved(Optional.of(last)).changed()).isEmpty();
    }

    @Test
    void a_file_that_gives_way_to_a_folder_is_compared_rightly() {
        var repository = repository("platform", origin.url(), "{app}.yml", "shop.yml/{app}");
        var last = origin.file("shop.yml", "shop: 1").commit();
        source.poll(repository, NOTHING_YET);
        origin.without("shop.yml").file("shop.yml/blog", "blog: 1").commit();

        var poll = (Moved) source.poll(repository, Optional.of(last));

        assertThat(poll.changed()).extracting(ManifestFile::app).containsExactly("blog");
        assertThat(poll.gone()).containsExactly(new Gone("shop", "shop.yml"));
    }

    @Test
    void paths_that_name_no_application_are_passed_over() {
        origin.file("apps/a b/manifest.yml", "x")
                .file("apps/a\nb/manifest.yml", "x")
                .file("apps/\u001b[31mred/manifest.yml", "x")
                .file("apps/-rf/manifest.yml", "x")
                .file("apps/shop/manifest.yml", "shop: 1")
                .commit();

        assertThat(texts(moved(NOTHING_YET))).containsExactly("shop: 1");
    }

    @Test
    void a_manifest_that_is_too_long_is_cut_one_byte_above_what_is_allowed() {
        int mebibyte = 1 << 20;
        origin.file("apps/just/manifest.yml", "x".repeat(mebibyte))
                .file("apps/long/manifest.yml", "y".repeat(3 * mebibyte))
                .commit();

        var poll = moved(NOTHING_YET);

        assertThat(poll.changed())
                .extracting(it -> it.bytes().length)
                .containsExactly(mebibyte, mebibyte + 1);
    }

    @Test
    void a_manifest_is_read_again_from_the_mirror_alone() {
        var first = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        origin.file("apps/shop/manifest.yml", "shop: 2")
                .link("apps/link/manifest.yml", "shop: 2")
                .commit();
        moved(NOTHING_YET);
        var elsewhere = repository("platform", "file:///nowhere");

        var there = source.read(elsewhere, first, "shop", "apps/shop/manifest.yml");

        assertThat(there)
                .get()
                .extracting(it -> new String(it.bytes(), UTF_8))
                .isEqualTo("shop: 1");
        assertThat(there).get().extracting(ManifestFile::app).isEqualTo("shop");
        assertThat(source.read(elsewhere, first, "blog", "apps/blog/manifest.yml")).isEmpty();
        assertThat(source.read(elsewhere, first, "blog", "apps")).isEmpty();
        assertThat(source.read(elsewhere, first, "blog", "")).isEmpty();
        assertThat(source.read(elsewhere, origin.head("main").get(), "l", "apps/link/manifest.yml"))
                .isEmpty();
    }

    @Test
    void a_commit_that_the_mirror_lacks_can_not_be_read() {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);

        for (var commit : List.of("12".repeat(20), "none")) {
            assertThatThrownBy(() -> source.read(repository(), commit, "shop", "apps/shop"))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("Repository `platform`")
                    .hasMessageContaining(commit)
                    .hasMessageContaining("does not have it");
        }
        assertThat(poll(origin.head("main"))).isInstanceOf(Poll.Unchanged.class);
    }

    @Test
    void a_repository_never_polled_has_no_mirror_to_read_from() {
        assertThatThrownBy(() -> source.read(repository(), "12".repeat(20), "shop", "x"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no mirror yet");
    }

    @Test
    void another_branch_of_the_same_repository_may_be_watched_later() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.file("apps/shop/manifest.yml", "shop: 2").commit("main/next", Optional.of(last));
        origin.deleteBranch("main");
        origin.commit("main/next", Optional.of(last));
        var next =
                new Repository(
                        "platform",
                        origin.url(),
                        "main/next",
                        List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                        List.of("production"),
                        Duration.ofSeconds(30));

        var poll = source.poll(next, Optional.of(last));

        assertThat(poll)
                .asInstanceOf(type(Moved.class))
                .extracting(GitSourceTest::texts)
                .isEqualTo(List.of("shop: 2"));
    }

    @Test
    void nothing_is_measured_before_anything_is_read() throws Exception {
        var measured =
                SystemReader.getInstance()
                        .getUserConfig()
                        .getTimeUnit("filesystem", "any", "timestampResolution", -1, SECONDS);

        assertThat(measured).isEqualTo(2);
    }

    @Test
    void what_the_user_has_set_for_git_counts_for_nothing() throws IOException {
        var before = FS.DETECTED.userHome();
        var home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve(".gitconfig"), "[user]\n  name = Somebody Else\n");
        FS.DETECTED.setUserHome(home.toFile());
        try {
            origin.file("apps/shop/manifest.yml", "shop: 1").commit();
            moved(NOTHING_YET);

            try (var git = new Mirror(folder.resolve("mirrors"), "platform").open()) {
                assertThat(git.getConfig().getString("user", null, "name")).isNull();
            }
            assertThat(SystemReader.getInstance().getenv("GIT_SSH")).isNull();
            assertThat(SystemReader.getInstance().getUserConfig().getSections()).isEmpty();
            assertThat(SystemReader.getInstance().getSystemConfig().getSections()).isEmpty();
            try (var files = Files.list(home)) {
                assertThat(files).containsExactly(home.resolve(".gitconfig"));
            }
        } catch (ConfigInvalidException e) {
            throw new IOException(e);
        } finally {
            FS.DETECTED.setUserHome(before);
        }
    }

    @Test
    void many_looks_at_once_all_see_the_same() throws Exception {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        moved(NOTHING_YET);
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();
        var other = Origin.in(folder.resolve("other.git"));
        other.file("apps/blog/manifest.yml", "blog: 1").commit();

        var looks = new ArrayList<Future<List<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                looks.add(threads.submit(() -> texts(moved(Optional.of(last)))));
                looks.add(
                        threads.submit(() ->
                                texts(
                                        (Moved)
                                                source.poll(
                                                        repository("other", other.url()),
                                                        NOTHING_YET))));
            }
        }

        for (int i = 0; i < looks.size(); i++) {
            assertThat(looks.get(i).get()).containsExactly(i % 2 == 0 ? "shop: 2" : "blog: 1");
        }
    }

    @Test
    void a_node_reads_what_another_one_has_polled() {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        var other = new GitSource(folder.resolve("mirrors-of-the-other"));
        other.share(() -> true);
        other.poll(repository(), NOTHING_YET);
        var head = origin.file("apps/shop/manifest.yml", "shop: 2").commit();
        moved(NOTHING_YET);

        var read = other.read(repository(), head, "shop", "apps/shop/manifest.yml");

        assertThat(new String(read.orElseThrow().bytes(), UTF_8)).isEqualTo("shop: 2");
        assertThat(other.poll(repository(), Optional.of(head))).isInstanceOf(Poll.Unchanged.class);
    }

    @Test
    void a_commit_that_is_nowhere_is_looked_for_once_in_a_while() throws IOException {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        var other = new GitSource(folder.resolve("mirrors-of-the-other"));
        other.share(() -> true);
        other.poll(repository(), NOTHING_YET);
        var nowhere = "1".repeat(40);

        assertThatThrownBy(() -> other.read(repository(), nowhere, "shop", "manifest.yml"))
                .isInstanceOf(SourceException.class);
        Files.move(folder.resolve("platform.git"), folder.resolve("gone.git"));

        assertThatThrownBy(() -> other.read(repository(), nowhere, "shop", "manifest.yml"))
                .hasMessageContaining("from its mirror");
    }

    private Poll poll(Optional<String> lastHead) {
        return source.poll(repository(), lastHead);
    }

    private Moved moved(Optional<String> lastHead) {
        return (Moved) poll(lastHead);
    }

    private Repository repository() {
        return repository("platform", origin.url());
    }

    private static Repository repository(String name, String url) {
        return repository(name, url, "apps/{app}/manifest.yml");
    }

    private static Repository repository(String name, String url, String... patterns) {
        return new Repository(
                name,
                url,
                "main",
                Arrays.stream(patterns).map(ManifestPattern::new).toList(),
                List.of("production"),
                Duration.ofSeconds(30));
    }

    private static List<String> texts(Moved poll) {
        return poll.changed().stream().map(it -> new String(it.bytes(), UTF_8)).toList();
    }
}
