package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("sqlite")
class BackupTest {

    @TempDir Path folder;

    private Room room;
    private Path backup;
    private Path elsewhere;

    @BeforeEach
    void open() throws IOException {
        room = new Room(Files.createDirectory(folder.resolve("record")));
        backup = folder.resolve("kept").resolve("one.backup");
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Backup make() {
        return room.store().backup(backup, "1.2.3");
    }

    private Restore restore(boolean replace) {
        return new Restore(
                elsewhere, Optional.of(room.key()), replace, "ada", InstantSource.system());
    }

    private Store restored() {
        return Store.open(
                elsewhere.resolve("assent.db"), SecretKeyFile.read(room.key()), room.time());
    }

    @Test
    void a_backup_is_one_file_for_its_owner_alone_that_says_what_it_is() throws IOException {
        room.built(SHOP, MAIN);

        var made = make();

        assertThat(made.file()).isEqualTo(backup);
        assertThat(made.holdsKey()).isFalse();
        assertThat(made.manifest().program()).isEqualTo("1.2.3");
        assertThat(made.manifest().schema()).isEqualTo(Schema.VERSION);
        assertThat(made.manifest().at()).isEqualTo(room.time().instant());
        var last = room.store().audit().newest(Optional.empty(), 1).getFirst();
        assertThat(made.manifest().entries()).isEqualTo(last.number());
        assertThat(made.manifest().head()).isEqualTo(last.hash());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        try (var zip = new ZipFile(backup.toFile())) {
            assertThat(zip.stream().map(it -> it.getName()))
                    .containsExactly("manifest.json", "assent.db");
        }
        try (var left = Files.list(backup.getParent())) {
            assertThat(left).containsExactly(backup);
        }
        assertThat(Backup.verify(backup, Optional.of(SecretKeyFile.read(room.key()))).manifest())
                .isEqualTo(made.manifest());
        assertThat(Backup.verify(backup, Optional.empty()).holdsKey()).isFalse();
    }

    @Test
    void whoever_writes_meanwhile_goes_on_and_the_backup_is_of_one_moment() throws Exception {
        var end = new AtomicBoolean();
        var writer =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!end.get()) {
                                room.store().audit().note("ada", "test.noted", SHOP, "meanwhile");
                            }
                        });
        try {
            for (var i = 0; i < 5; i++) make();
        } finally {
            end.set(true);
            writer.join();
        }

        assertThat(
                        Backup.verify(backup, Optional.of(SecretKeyFile.read(room.key())))
                                .manifest()
                                .entries())
                .isPositive();
    }

    @Test
    void the_key_is_in_it_only_where_that_was_said() throws IOException {
        var made = room.store().backup(backup, Optional.of(room.key()), "1.2.3");

        assertThat(made.holdsKey()).isTrue();
        var bare = new Restore(elsewhere, Optional.empty(), false, "ada", InstantSource.system());
        assertThat(bare.from(backup).keyRestored()).isTrue();
        assertThat(elsewhere.resolve("secret.key")).hasSameBinaryContentAs(room.key());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(elsewhere.resolve("secret.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_bad_backup_never_takes_the_place_of_a_good_one() throws IOException, SQLException {
        make();
        var good = Files.readAllBytes(backup);
        room.store().audit().note("ada", "test.noted", SHOP, "one");
        room.directly("DROP TRIGGER audit_is_never_edited", "UPDATE audit SET who = 'eve'");

        assertThatThrownBy(this::make)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is not taken for good")
                .hasMessageContaining("assent audit --verify");

        assertThat(backup).hasBinaryContent(good);
        try (var left = Files.list(backup.getParent())) {
            assertThat(left).containsExactly(backup);
        }
    }

    @Test
    void a_backup_that_was_edited_or_cut_off_is_refused_and_changes_nothing() throws IOException {
        room.built(SHOP, MAIN);
        make();
        var good = Files.readAllBytes(backup);
        for (var at = 0; at < good.length; at += good.length / 40) {
            var bad = good.clone();
            bad[at] ^= 0x55;
            Files.write(backup, bad);
            refusedOrWhole();
        }
        for (var length = 0; length < good.length - 30; length += good.length / 20) {
            Files.write(backup, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> restore(false).from(backup))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("is no backup that can be used");
        }
        assertThat(elsewhere.resolve("assent.db")).doesNotExist();
    }

    /// A byte of the archive's list at its end may be wrong without harm.
    private void refusedOrWhole() {
        try {
            Backup.verify(backup, Optional.of(SecretKeyFile.read(room.key())));
        } catch (StateException e) {
            assertThat(e).hasMessageContaining("backup");
        }
    }

    @Test
    void what_was_recorded_is_there_again_and_the_trail_says_what_was_restored() {
        room.built(SHOP, MAIN);
        var made = make();
        var before = room.store().records().of(SHOP).groups();

        var done = restore(false).from(backup);

        assertThat(done.aside()).isEmpty();
        try (var store = restored()) {
            assertThat(store.records().of(SHOP).groups()).isEqualTo(before);
            assertThat(store.audit().verify().found()).isEmpty();
            var entry = store.audit().newest(Optional.empty(), 1).getFirst();
            assertThat(entry.what()).isEqualTo("record.restored");
            assertThat(entry.who()).isEqualTo("ada");
            assertThat(entry.detail())
                    .contains("from one.backup", made.manifest().head(), "before, there was none");
        }
    }

    @Test
    void a_record_that_is_there_is_refused_or_set_aside_and_never_deleted() throws IOException {
        make();
        restore(false).from(backup);
        try (var store = restored()) {
            store.audit().note("ben", "test.noted", SHOP, "later");
        }
        var later = Files.readAllBytes(elsewhere.resolve("assent.db"));

        assertThatThrownBy(() -> restore(false).from(backup))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("it is left as it is")
                .hasMessageContaining("--replace");
        assertThat(elsewhere.resolve("assent.db")).hasBinaryContent(later);

        var done = restore(true).from(backup);

        assertThat(done.aside()).hasSize(1);
        assertThat(done.aside().getFirst()).hasBinaryContent(later);
        try (var store = restored()) {
            assertThat(store.audit().newest(Optional.empty(), 1).getFirst().detail())
                    .contains("before, the record here ended with entry 2");
        }
    }

    @Test
    void a_record_in_use_is_not_replaced() {
        make();
        restore(false).from(backup);

        try (var _ = restored()) {
            assertThatThrownBy(() -> restore(true).from(backup))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("in use by another assent process");
        }
    }

    @Test
    void another_key_restores_nothing() throws IOException {
        make();
        SecretKeyFile.readOrCreate(elsewhere.resolve("secret.key"));

        var bare = new Restore(elsewhere, Optional.empty(), false, "ada", InstantSource.system());
        assertThatThrownBy(() -> bare.from(backup))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is not the one that");

        assertThat(elsewhere.resolve("assent.db")).doesNotExist();
    }

    @Test
    void no_yes_from_before_a_restore_counts_after_it() {
        room.built(SHOP, MAIN);
        var approved = room.approved(SHOP, creating(SPARE, false));
        room.approved(Room.BLOG, creating(MAIN));
        var applying = room.start(room.proposed(Room.BLOG, creating(MAIN)));
        make();
        // All of it is done after the backup.
        room.plans().applied(room.start(approved));
        room.plans().applied(applying);

        restore(false).from(backup);

        try (var store = restored()) {
            assertThat(store.plans().open()).isEmpty();
            assertThat(store.plans().due()).isEmpty();
            assertThat(store.plans().interrupted()).isEmpty();
            assertThat(
                            refusal(
                                    store.plans()
                                            .start(
                                                    approved.digest(),
                                                    "ada",
                                                    _ -> new Clearance.Clear())))
                    .contains("was superseded");
            assertThat(refusal(store.plans().decide(approved.digest(), Room.yes("ada"))))
                    .contains("was superseded");
            // The very same changes from the record as it is now: another plan, that nobody
            // has said yes to.
            var serial = store.records().of(SHOP).serial();
            var again = Room.plan(SHOP, serial, creating(SPARE, false));
            assertThat(again.digest()).isNotEqualTo(approved.digest());
            assertThat(store.plans().propose(again, Room.commit("a1")))
                    .isEqualTo(Plans.Proposal.NEW);
            assertThat(
                            refusal(
                                    store.plans()
                                            .start(
                                                    again.digest(),
                                                    "ada",
                                                    _ -> new Clearance.Clear())))
                    .contains("is not approved yet");
            assertThat(store.audit().verify().found()).isEmpty();
        }
    }
}
