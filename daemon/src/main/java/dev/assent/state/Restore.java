package dev.assent.state;

import dev.assent.state.Backup.Unpacked;
import dev.assent.state.Backup.WorkFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts a backup in a record's place, of a daemon that does not run.
///
/// @param folder the state folder
/// @param key a key that is kept elsewhere; empty: the one in the folder, else the one in the
///   backup
/// @param replace whether a record that is there may be set aside
/// @param who has it restored
public record Restore(
        Path folder, Optional<Path> key, boolean replace, String who, InstantSource clock) {

    /// What was done.
    ///
    /// @param aside where the record of before lies now
    public record Done(BackupManifest manifest, List<Path> aside, boolean keyRestored) {}

    /// Restores a backup.
    ///
    /// @throws StateException if it can't be used, a record is there or in use, or the key is
    ///   another; nothing was changed then
    public Done from(Path backup) {
        var database = StateFolder.database(folder.toAbsolutePath().normalize());
        try (var _ = DatabaseFile.lockAlone(database);
                var room = WorkFolder.beside(database)) {
            refuseExisting(database);
            var unpacked = new Unpacked(backup, room.path());
            var own = StateFolder.key(folder.toAbsolutePath());
            var used = usedKey(unpacked, own);
            unpacked.verified(Optional.of(used));
            var fresh = marked(unpacked, database, used);
            return settled(unpacked, database, fresh, own);
        } catch (IOException e) {
            throw new StateException(
                    "%s could not be restored into %s: %s; see what is there: assent doctor --state %s"
                            .formatted(backup, folder, e, folder),
                    e);
        }
    }

    private void refuseExisting(Path database) throws IOException {
        var exists = Files.exists(database) && Files.size(database) > 0;
        if (!exists || replace) return;
        throw new StateException(
                "there is a record in %s; it is left as it is. To have it set aside under another name: --replace"
                        .formatted(database));
    }

    private SecretKeyFile usedKey(Unpacked unpacked, Path own) {
        return key.or(() -> Optional.of(own).filter(Files::exists))
                .or(unpacked::key)
                .map(SecretKeyFile::read)
                .orElseThrow(() ->
                        new StateException(
                                "the key of this record is neither in %s nor in the backup, and without it no stored password can be read; put it there, or name it: --key FILE"
                                        .formatted(own)));
    }

    /// Brings the copy up to date, makes every old yes void, and writes down what was done.
    private Path marked(Unpacked unpacked, Path database, SecretKeyFile used) throws IOException {
        var manifest = unpacked.manifest();
        var detail =
                "from %s, made at %s by assent %s, whose audit trail ends with entry %d (%s); before, %s"
                        .formatted(
                                unpacked.backup().getFileName(),
                                manifest.at(),
                                manifest.program(),
                                manifest.entries(),
                                manifest.head(),
                                before(database));
        var fresh = unpacked.database();
        try (var store = Store.open(fresh, used, clock)) {
            store.restored(who, detail);
        }
        return fresh;
    }

    private static String before(Path database) {
        try {
            if (Files.notExists(database) || Files.size(database) == 0) return "there was none";
            var last = SqliteExamination.head(database);
            return "the record here ended with entry %d (%s)".formatted(last.number(), last.hash());
        } catch (StateException | IOException _) {
            return "the record here could not be read";
        }
    }

    private Done settled(Unpacked unpacked, Path database, Path fresh, Path own)
            throws IOException {
        var now = clock.instant();
        try (var flushed = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            flushed.force(true);
        }
        var restoresKey = key.isEmpty() && Files.notExists(own) && unpacked.key().isPresent();
        if (restoresKey) Files.move(unpacked.key().orElseThrow(), own);
        var aside = new ArrayList<>(StateFolder.setAside(database, now));
        Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
        Backup.flush(database);
        StateFolder.begun(folder.toAbsolutePath());
        return new Done(unpacked.manifest(), aside, restoresKey);
    }
}
