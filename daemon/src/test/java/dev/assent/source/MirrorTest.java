package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.source.Poll.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {

    @TempDir Path folder;
    private Path mirrors;
    private Path mirror;
    private Origin origin;
    private String first;

    @BeforeEach
    void start() {
        mirrors = folder.resolve("mirrors");
        mirror = mirrors.resolve("platform");
        origin = Origin.in(folder.resolve("platform.git"));
        first = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        poll(Optional.empty());
    }

    @Test
    void nothing_is_fetched_while_the_branch_stands_still() throws IOException {
        var before = content(mirror);

        var poll = poll(Optional.of(first));

        assertThat(poll).isInstanceOf(Poll.Unchanged.class);
        assertThat(content(mirror)).isEqualTo(before);
    }

    @Test
    void only_the_watched_branch_is_mirrored() throws IOException {
        origin.file("secret", "of another branch").commit("other", Optional.of(first));
        origin.without("secret").file("apps/shop/manifest.yml", "shop: 2").commit();

        poll(Optional.of(first));

        try (var git = new Mirror(mirrors, "platform").open()) {
            assertThat(git.getRefDatabase().getRefs())
                    .extracting(it -> it.getName())
                    .containsExactlyInAnyOrder("refs/assent/head");
            var other = ObjectId.fromString(origin.head("other").get());
            assertThat(git.getObjectDatabase().has(other)).isFalse();
        }
    }

    @Test
    void a_mirror_that_was_deleted_is_made_again() throws IOException {
        delete(mirror);

        var poll = poll(Optional.of(first));

        assertThat(poll).isEqualTo(new Moved(first, List.of(), List.of()));
        assertThat(read(first)).isEqualTo("shop: 1");
    }

    @Test
    void a_lock_left_by_a_killed_process_stops_nothing() throws IOException {
        Files.createFile(mirror.resolve("refs/assent/head.lock"));
        Files.createFile(mirror.resolve("packed-refs.lock"));
        Files.createFile(mirror.resolve("config.lock"));
        Files.write(mirror.resolve("objects/incoming_123.pack"), new byte[] {1, 2, 3});
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();

        var poll = poll(Optional.of(first));

        assertThat(texts(poll)).containsExactly("shop: 2");
        assertThat(content(mirror)).noneMatch(it -> it.contains(".lock"));
        assertThat(content(mirror)).noneMatch(it -> it.contains("incoming_"));
    }

    @Test
    void a_mirror_half_made_by_a_killed_process_is_swept_away() throws IOException {
        var half = Files.createDirectories(mirrors.resolve(".platform.123/objects"));
        Files.writeString(half.resolve("half"), "half");

        assertThat(poll(Optional.of(first))).isInstanceOf(Poll.Unchanged.class);

        try (var entries = Files.list(mirrors)) {
            assertThat(entries).containsExactly(mirror);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "config", "objects", "refs", ""})
    void a_mirror_with_a_part_missing_is_made_again(String part) throws IOException {
        delete(mirror.resolve(part));
        if (part.isEmpty()) Files.createDirectory(mirror);
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();

        var poll = poll(Optional.of(first));

        assertThat(texts(poll)).containsExactly("shop: 2");
        assertThat(read(first)).isEqualTo("shop: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "config", "refs/assent/head"})
    void a_mirror_with_rubbish_in_it_is_made_again(String part) throws IOException {
        Files.writeString(mirror.resolve(part), "\0[rub\nbish");
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();

        var poll = poll(Optional.of(first));

        assertThat(texts(poll)).containsExactly("shop: 2");
    }

    @Test
    void a_mirror_whose_objects_are_damaged_is_made_again() throws IOException {
        origin.file("apps/blog/manifest.yml", "blog: 1").commit();
        damageObjects();

        var poll = poll(Optional.of(first));

        assertThat(texts(poll)).containsExactly("blog: 1");
    }

    @Test
    void damage_found_while_reading_is_mended_by_the_next_poll() throws IOException {
        damageObjects();

        assertThatThrownBy(() -> read(first)).isInstanceOf(SourceException.class);
        poll(Optional.of(first));

        assertThat(read(first)).isEqualTo("shop: 1");
    }

    @Test
    void another_url_makes_another_mirror() throws IOException {
        var other = Origin.in(folder.resolve("other.git"));
        var head = other.file("apps/blog/manifest.yml", "blog: 1").commit();

        var poll = source().poll(repository(other.url()), Optional.of(first));

        assertThat(texts(poll)).containsExactly("blog: 1");
        assertThat(((Moved) poll).gone()).isEmpty();
        assertThat(((Moved) poll).head()).isEqualTo(head);
        assertThatThrownBy(() -> read(first)).hasMessageContaining("does not have it");
    }

    @Test
    void the_same_repository_at_another_url_is_compared_with_what_was_read() throws IOException {
        var moved = folder.resolve("moved.git");
        Files.move(origin.folder(), moved);

        var poll = source().poll(repository("file://" + moved), Optional.of(first));

        assertThat(poll).isEqualTo(new Moved(first, List.of(), List.of()));
    }

    @Test
    void while_another_url_does_not_answer_the_mirror_stays() {
        var elsewhere = repository("file://" + folder.resolve("nowhere.git"));

        assertThatThrownBy(() -> source().poll(elsewhere, Optional.of(first)))
                .isInstanceOf(SourceException.class);

        assertThat(read(first)).isEqualTo("shop: 1");
    }

    @Test
    void a_mirror_that_is_fetched_often_does_not_fall_to_pieces() throws IOException {
        var source = source();
        var last = origin.file("README.md", "to be forgotten").commit();
        source.poll(repository(origin.url()), Optional.of(first));
        var forgotten = last;
        origin.setBranch("main", first);
        for (int i = 0; i < 60; i++) {
            var head = origin.file("apps/shop/manifest.yml", "shop: " + i).commit();
            assertThat(texts(source.poll(repository(origin.url()), Optional.of(last))))
                    .containsExactly("shop: " + i);
            last = head;
        }

        assertThat(content(mirror).stream().filter(it -> it.contains(".pack ")).count())
                .isLessThan(50);
        assertThat(read(first)).isEqualTo("shop: 1");
        // What a force-push took away is kept for a while, so that a difference to it can be had.
        assertThat(read(forgotten)).isEqualTo("shop: 1");
    }

    @Test
    void a_folder_that_can_not_be_written_is_named() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> new GitSource(file))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(file.toString());
    }

    /// Flips bytes in every pack and loose object.
    private void damageObjects() throws IOException {
        try (var files = Files.walk(mirror.resolve("objects"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".idx")) continue;
                file.toFile().setWritable(true);
                var bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length; i++) bytes[i] ^= 0x55;
                Files.write(file, bytes);
            }
        }
    }

    private Poll poll(Optional<String> lastHead) {
        return source().poll(repository(origin.url()), lastHead);
    }

    /// As after a restart.
    private GitSource source() {
        return new GitSource(mirrors);
    }

    private String read(String commit) {
        return source().read(repository(origin.url()), commit, "shop", "apps/shop/manifest.yml")
                .map(it -> new String(it.bytes(), UTF_8))
                .orElseThrow();
    }

    private static Repository repository(String url) {
        return new Repository(
                "platform",
                url,
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(30));
    }

    private static List<String> texts(Poll poll) {
        return ((Moved) poll).changed().stream().map(it -> new String(it.bytes(), UTF_8)).toList();
    }

    private static List<String> content(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var content = new ArrayList<String>();
            for (var it : files.sorted().toList()) {
                content.add(it + " " + Files.getLastModifiedTime(it));
            }
            return content;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var it : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(it);
            }
        }
    }
}
