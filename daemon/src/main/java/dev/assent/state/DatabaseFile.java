package dev.assent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The database's file as long as this process owns it: made readable by its owner alone, and
/// locked, so that no second process takes itself for the one writer. The lock is the operating
/// system's on a file beside the database; it ends with the process, however that ends.
final class DatabaseFile implements Medium.Hold {

    private static final Set<PosixFilePermission> OWNER_ALONE =
            PosixFilePermissions.fromString("rw-------");

    /// Stands in the lock file while the database has a log beside it.
    private static final String LOG = "with a log\n";

    private final Path file;
    private final FileChannel lock;

    private DatabaseFile(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /// Takes the file for this process, making it and its folder where they do not exist.
    static DatabaseFile own(Path file) {
        var absolute = file.toAbsolutePath().normalize();
        try {
            makeFolder(absolute);
            var lock = lock(absolute);
            try {
                make(absolute, read(lock).contains(LOG));
                return new DatabaseFile(absolute, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StateException(
                    "cannot open the record in %s: %s; the file and its folder must be writable by this user"
                            .formatted(absolute, e),
                    e);
        }
    }

    /// Takes the lock alone, for whoever puts another file in the database's place.
    static FileChannel lockAlone(Path file) throws IOException {
        makeFolder(file);
        var lock = lock(file);
        lock.truncate(0);
        return lock;
    }

    Path path() {
        return file;
    }

    /// The database was opened, and has its log from now on: one that is missing after a crash was
    /// lost.
    @Override
    public void opened() {
        mark(LOG);
    }

    /// The log is folded into the database and goes away.
    @Override
    public void closing() {
        mark("");
    }

    private void mark(String log) {
        // Closed twice is closed.
        if (!lock.isOpen()) return;
        try {
            write(lock, log);
        } catch (IOException e) {
            throw new StateException("cannot write into the lock beside " + file + ": " + e, e);
        }
    }

    private static void write(FileChannel lock, String log) throws IOException {
        var text = "process %d\n%s".formatted(ProcessHandle.current().pid(), log);
        lock.truncate(0);
        lock.write(StandardCharsets.UTF_8.encode(text), 0);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StateException("cannot let go of the lock beside " + file, e);
        }
    }

    private static void makeFolder(Path file) throws IOException {
        var folder = file.getParent();
        if (folder != null) Files.createDirectories(folder, only("rwx------"));
    }

    /// SQLite gives its log files the permissions of the database file, so this one counts.
    ///
    /// @param logged whether whoever had it open last ended without closing it
    private static void make(Path file, boolean logged) throws IOException {
        var log = file.resolveSibling(file.getFileName() + "-wal");
        var empty = !Files.exists(file) || Files.size(file) == 0;
        if (empty && Files.exists(log) && Files.size(log) > 0) {
            // SQLite would delete the log, and with it perhaps all that is left of the record.
            throw new StateException(
                    "%s is gone or empty, but its log %s is not: the record was lost by something else. Nothing was changed: put a backup of the record in its place, or move the log away to begin anew"
                            .formatted(file, log));
        }
        if (logged && !empty && Files.notExists(log)) {
            throw new StateException(
                    "the log %s is gone, though the record in %s was not closed when it was used last: what was written last is lost with it. Nothing was changed: bring the log back, or a backup (assent state restore); to go on without what was lost: rm %s"
                            .formatted(log, file, lockOf(file)));
        }
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNER_ALONE);
        } else {
            Files.createFile(file, only("rw-------"));
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var path = lockOf(file);
        var channel =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        only("rw-------"));
        if (tryLock(channel) == null) {
            var holder = read(channel).replace(LOG, "");
            channel.close();
            throw new StateException(
                    "the record in %s is in use by another assent process%s; there can be only one: stop it first, or use another state folder"
                            .formatted(file, holder.isBlank() ? "" : " (" + holder.strip() + ")"));
        }
        // Whether the last one closed it is not forgotten until this one has opened it.
        write(channel, read(channel).contains(LOG) ? LOG : "");
        return channel;
    }

    private static Path lockOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(64);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
