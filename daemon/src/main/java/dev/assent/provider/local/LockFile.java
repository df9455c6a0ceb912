package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A file beside the folder of all servers, in which each has a byte that processes lock. It stays
/// there, with the mark in it of the process that was the last to ask which ports are taken. The
/// system forgets all of a process's locks in a file as soon as the process closes that file once;
/// so it is open once, for as long as the process has any lock in it.
final class LockFile {

    private static final Map<Path, LockFile> OPEN = new ConcurrentHashMap<>();

    private static final byte[] MARK =
            UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

    private final Path path;

    /// No channel: an interrupt while somebody reads or writes would close that, and with it go all
    /// locks.
    private @Nullable RandomAccessFile open;

    private int held;

    private LockFile(Path servers) {
        this.path = path(servers);
    }

    static LockFile of(Path servers) {
        return OPEN.computeIfAbsent(servers, LockFile::new);
    }

    /// Puts this process's mark into the file; who has the lock on what all servers share may do
    /// it.
    ///
    /// @return whether it was there already, so that no other process was here since
    synchronized boolean mark() {
        try {
            var file = Objects.requireNonNull(open, "the lock is not held");
            var there = new byte[MARK.length];
            file.seek(0);
            if (file.read(there) == there.length && Arrays.equals(there, MARK)) return true;
            file.seek(0);
            file.write(MARK);
            return false;
        } catch (IOException e) {
            throw new ProviderException("cannot write %s: %s".formatted(path, Trouble.of(e)), e);
        }
    }

    static Path path(Path servers) {
        return servers.resolveSibling(servers.getFileName() + ".locks");
    }

    /// A byte of which this process has the lock.
    interface Held {
        void release() throws IOException;
    }

    /// Locks a byte.
    ///
    /// @return empty where another process has it
    synchronized Optional<Held> tryLock(long position) {
        try {
            // Unlike waiting for it, this is not broken off by an interrupt, which would close the
            // file.
            var lock = opened().getChannel().tryLock(position, 1, false);
            if (lock == null) {
                closeUnused();
                return Optional.empty();
            }
            held++;
            return Optional.of(() -> release(lock));
        } catch (IOException e) {
            throw new ProviderException(
                    "cannot lock %s: %s; the folder must be on a disk of this machine and writable"
                            .formatted(path, Trouble.of(e)),
                    e);
        }
    }

    private synchronized void release(FileLock lock) throws IOException {
        try {
            lock.release();
        } finally {
            held--;
            closeUnused();
        }
    }

    private void closeUnused() throws IOException {
        var unused = open;
        if (held > 0 || unused == null) return;
        open = null;
        unused.close();
    }

    /// The process that has a byte, as far as the system tells.
    Optional<ServerProcess> holder(long position) {
        try {
            var inode = String.valueOf(Files.getAttribute(path, "unix:ino"));
            return Files.readAllLines(Path.of("/proc/locks")).stream()
                    .map(it -> it.strip().split("\\s+"))
                    .filter(it -> it.length >= 8 && it[1].equals("POSIX"))
                    .filter(it -> it[5].endsWith(":" + inode))
                    .filter(it -> it[6].equals(Long.toString(position)))
                    .flatMap(it -> ServerProcess.of(Long.parseLong(it[4])).stream())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private RandomAccessFile opened() throws IOException {
        var there = open;
        if (there != null) return there;
        Files.createDirectories(Trees.around(path));
        try {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // As a rule.
        }
        var fresh = new RandomAccessFile(path.toFile(), "rw");
        open = fresh;
        return fresh;
    }
}
