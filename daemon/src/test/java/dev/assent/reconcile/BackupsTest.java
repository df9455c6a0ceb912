package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.BackupSettings;
import dev.assent.state.Backup;
import dev.assent.state.LastBackup;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {

    @TempDir Path folder;

    private Instant now = Instant.parse("2026-11-26T08:00:00Z");
    private Store store;
    private Path kept;
    private Backups backups;

    @BeforeEach
    void open() {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        () -> now);
        kept = folder.resolve("kept");
        var settings = new BackupSettings(Duration.ofHours(6), 2, Optional.of(kept));
        backups = new Backups(store, () -> Optional.of(settings), folder, "test", () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(kept)) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void one_is_made_when_it_is_time_and_the_last_few_are_kept() throws IOException {
        backups.round();
        now = now.plus(Duration.ofHours(5));
        backups.round();
        assertThat(names()).containsExactly("assent-20261126T080000Z.backup");

        now = now.plus(Duration.ofHours(1));
        backups.round();
        now = now.plus(Duration.ofHours(6));
        Files.writeString(kept.resolve("assent-by-hand.backup"), "somebody's own");
        backups.round();

        assertThat(names())
                .containsExactly(
                        "assent-20261126T140000Z.backup",
                        "assent-20261126T200000Z.backup",
                        "assent-by-hand.backup");
        var last = LastBackup.in(folder).orElseThrow();
        assertThat(last.at()).isEqualTo(now);
        assertThat(
                        Backup.verify(
                                        Path.of(last.file()),
                                        Optional.of(
                                                SecretKeyFile.read(folder.resolve("secret.key"))))
                                .manifest()
                                .at())
                .isEqualTo(now);
    }

    @Test
    void one_that_fails_is_told_once_tried_again_and_makes_no_older_one_go() throws IOException {
        backups.round();
        now = now.plus(Duration.ofHours(6));
        var good = names();
        Files.move(kept, folder.resolve("away"));
        Files.writeString(kept, "no folder");

        backups.round();
        now = now.plus(Duration.ofMinutes(11));
        backups.round();

        assertThat(store.audit().newest(Optional.empty(), 10))
                .extracting(it -> it.what())
                .containsOnlyOnce("record.backup-failed");
        Files.delete(kept);
        Files.move(folder.resolve("away"), kept);
        assertThat(names()).isEqualTo(good);
        backups.round();
        assertThat(names()).isEqualTo(good);

        now = now.plus(Duration.ofMinutes(10));
        backups.round();

        assertThat(names()).hasSize(2);
    }
}
