package dev.assent.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;

/// One file with everything that is needed to come back: the database, compact and consistent, and
/// what it says of itself. It gets its name only once it was restored for a try, so that a bad one
/// never takes the place of a good one.
///
/// @param file where it lies
/// @param holdsKey whether the secret key is in it
public record Backup(Path file, BackupManifest manifest, boolean holdsKey) {

    /// Makes a backup of a record, whoever writes it meanwhile.
    ///
    /// @param database the record's database
    /// @param key what it is verified with
    /// @param target what it will be called; a backup that has this name is replaced at the end
    /// @param withKey a copy of the key that goes into it; empty for none
    /// @param program this program's version
    /// @throws StateException if the record is damaged, or the backup can't be written or does not
    ///   stand the try; what has the name stays as it is
    public static Backup make(
            Path database,
            SecretKeyFile key,
            Path target,
            Optional<Path> withKey,
            String program,
            Instant now) {
        var absolute = target.toAbsolutePath().normalize();
        try (var room = WorkFolder.beside(absolute)) {
            var copy = room.path().resolve(BackupParts.DATABASE);
            SqliteExamination.copy(database, copy);
            var look = SqliteExamination.whole(copy, database, Optional.of(key));
            refuseTampered(database, look);
            var parts = new LinkedHashMap<String, Path>();
            parts.put(BackupParts.DATABASE, copy);
            withKey.ifPresent(it -> parts.put(BackupParts.KEY, it));
            var sums = new LinkedHashMap<String, String>();
            for (var it : parts.entrySet()) {
                sums.put(it.getKey(), BackupParts.sha256(it.getValue()));
            }
            var manifest =
                    new BackupManifest(
                            BackupManifest.FORMAT,
                            program,
                            Schema.VERSION,
                            now,
                            look.entries(),
                            look.head(),
                            sums);
            var packed = room.path().resolve("packed");
            BackupParts.pack(packed, manifest, parts);
            return settle(packed, absolute, Optional.of(key));
        } catch (IOException e) {
            throw failed(absolute, e);
        }
    }

    /// Takes a backup that came from elsewhere, once it stood the try.
    ///
    /// @param packed the file as it came; it is moved
    /// @param withKey the key that goes into it; empty for none
    public static Backup take(Path packed, Path target, Optional<Path> withKey) {
        var absolute = target.toAbsolutePath().normalize();
        try (var room = WorkFolder.beside(absolute)) {
            if (withKey.isEmpty()) return settle(packed, absolute, Optional.empty());
            var unpacked = Files.createDirectory(room.path().resolve("unpacked"));
            var manifest = BackupParts.unpack(packed, unpacked);
            var parts = new LinkedHashMap<String, Path>();
            parts.put(BackupParts.DATABASE, unpacked.resolve(BackupParts.DATABASE));
            parts.put(BackupParts.KEY, withKey.get());
            var sums = new LinkedHashMap<>(manifest.parts());
            sums.put(BackupParts.KEY, BackupParts.sha256(withKey.get()));
            var again = room.path().resolve("packed");
            BackupParts.pack(
                    again,
                    new BackupManifest(
                            manifest.format(),
                            manifest.program(),
                            manifest.schema(),
                            manifest.at(),
                            manifest.entries(),
                            manifest.head(),
                            sums),
                    parts);
            Files.delete(packed);
            return settle(again, absolute, Optional.of(SecretKeyFile.read(withKey.get())));
        } catch (IOException e) {
            throw failed(absolute, e);
        }
    }

    /// Looks at a backup as a restore would.
    ///
    /// @param key empty: the one in it, or the chain of the audit trail alone
    public static Backup verify(Path backup, Optional<SecretKeyFile> key) {
        try (var room = WorkFolder.beside(backup.toAbsolutePath().normalize())) {
            return new Unpacked(backup, room.path()).verified(key);
        } catch (IOException e) {
            throw failed(backup, e);
        }
    }

    /// A backup that lies unpacked in a folder.
    record Unpacked(Path backup, Path folder, BackupManifest manifest) {

        Unpacked(Path backup, Path folder) throws IOException {
            this(backup, folder, BackupParts.unpack(backup, folder));
        }

        Path database() {
            return folder.resolve(BackupParts.DATABASE);
        }

        Optional<Path> key() {
            return Optional.of(folder.resolve(BackupParts.KEY)).filter(Files::exists);
        }

        Backup verified(Optional<SecretKeyFile> key) {
            var version = Schema.version(database(), backup);
            if (version == Schema.VERSION) {
                var used = key.or(() -> key().map(SecretKeyFile::read));
                var look = SqliteExamination.whole(database(), backup, used);
                refuseTampered(backup, look);
                if (look.entries() != manifest.entries() || !look.head().equals(manifest.head())) {
                    throw new StateException(
                            "%s is no backup that can be used: its audit trail ends elsewhere than its manifest says. Take another one"
                                    .formatted(backup));
                }
            }
            return new Backup(backup, manifest, key().isPresent());
        }
    }

    private static void refuseTampered(Path what, Verification look) {
        if (look.isWhole()) return;
        throw new StateException(
                "%s is not taken for good: %s. What else was changed: assent audit --verify"
                        .formatted(what, look.found().getFirst().said()));
    }

    private static Backup settle(Path packed, Path target, Optional<SecretKeyFile> key)
            throws IOException {
        var tried = verify(packed, key);
        Files.move(
                packed,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        flush(target);
        return new Backup(target, tried.manifest(), tried.holdsKey());
    }

    /// Has a file's name written to the disk.
    static void flush(Path file) throws IOException {
        var folder = file.getParent();
        if (folder == null) return;
        try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    private static StateException failed(Path target, IOException e) {
        return new StateException(
                "the backup %s could not be made or read: %s; what had this name is as it was"
                        .formatted(target, e),
                e);
    }

    /// A folder for the work, gone when it is done.
    record WorkFolder(Path path) implements AutoCloseable {

        static WorkFolder beside(Path file) throws IOException {
            var folder = file.getParent();
            if (folder == null) throw new IOException(file + " is in no folder");
            Files.createDirectories(folder);
            return new WorkFolder(Files.createTempDirectory(folder, ".backup-"));
        }

        @Override
        public void close() throws IOException {
            try (var files = Files.walk(path)) {
                for (var it : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(it);
                }
            }
        }
    }
}
