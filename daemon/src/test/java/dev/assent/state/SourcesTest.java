package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.commit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of repositories and manifests.
class SourcesTest {

    private static final Instant THEN = Instant.parse("2026-11-23T10:00:00.123456789Z");

    @TempDir Path folder;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void what_was_seen_of_a_repository_last_is_kept() {
        for (var condition : RepositoryState.Condition.values()) {
            var state =
                    new RepositoryState(
                            "platform",
                            Optional.of("a1"),
                            "fingerprint",
                            condition,
                            Optional.of("gone – push it"),
                            THEN,
                            THEN.plusSeconds(1));
            room.store().repositories().put(state);
            assertThat(room.store().repositories().get("platform")).contains(state);
        }
        var empty =
                new RepositoryState(
                        "another",
                        Optional.empty(),
                        "",
                        RepositoryState.Condition.EMPTY,
                        Optional.empty(),
                        THEN,
                        THEN);

        room.store().repositories().put(empty);
        room.reopen();

        assertThat(room.store().repositories().all())
                .extracting(RepositoryState::name)
                .containsExactly("another", "platform");
        assertThat(room.store().repositories().get("another")).contains(empty);
        assertThat(room.store().repositories().get("none")).isEmpty();
    }

    @Test
    void how_a_manifest_was_read_last_is_kept() {
        for (var condition : ManifestState.Condition.values()) {
            var state =
                    new ManifestState(
                            SHOP,
                            commit("a1"),
                            condition,
                            List.of("line one\nline \"two\"", ""),
                            THEN);
            room.store().manifests().put(state);
            assertThat(room.store().manifests().get(SHOP)).contains(state);
        }

        room.reopen();

        assertThat(room.store().manifests().all()).hasSize(1);
        assertThat(room.store().manifests().get(BLOG)).isEmpty();
    }
}
