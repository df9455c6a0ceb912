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
                make(absolute);
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

    Path path() {
        return file;
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
    private static void make(Path file) throws IOException {
        var log = file.resolveSibling(file.getFileName() + "-wal");
        var empty = !Files.exists(file) || Files.size(file) == 0;
        if (empty && Files.exists(log) && Files.size(log) > 0) {
            // SQLite would delete the log, and with it perhaps all that is left of the record.
            throw new StateException(
                    "%s is gone or empty, but its log %s is not: the record was lost by something else. Nothing was changed: put a backup of the record in its place, or move the log away to begin anew"
                            .formatted(file, log));
        }
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNER_ALONE);
        } else {
            Files.createFile(file, only("rw-------"));
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var path = file.resolveSibling(file.getFileName() + ".lock");
        var channel =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        only("rw-------"));
        if (tryLock(channel) == null) {
            var holder = read(channel);
            channel.close();
            throw new StateException(
                    "the record in %s is in use by another assent process%s; there can be only one: stop it first, or use another state folder"
                            .formatted(file, holder.isBlank() ? "" : " (" + holder.strip() + ")"));
        }
        channel.truncate(0);
        channel.write(
                StandardCharsets.UTF_8.encode("process " + ProcessHandle.current().pid() + "\n"));
        return channel;
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
