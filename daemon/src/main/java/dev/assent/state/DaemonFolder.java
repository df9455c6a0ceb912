package dev.assent.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/// What one of the daemons that share a record has for itself alone in the state folder, which
/// those on the same machine may share as well. The lock is the operating system's and ends with
/// the process, however that ends.
public final class DaemonFolder implements AutoCloseable {

    private static final String LOCK = "daemon.lock";

    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._-]|^\\.+");

    private final Path path;
    private final FileChannel lock;

    private DaemonFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes a node's folder for this process, and makes it if it is missing.
    ///
    /// @throws StateException if another one has it
    public static DaemonFolder own(Path state, String node) {
        var folder = state.resolve("nodes").resolve(ODD.matcher(node).replaceAll("_"));
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var lock =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            if (isTaken(lock)) {
                lock.close();
                throw new StateException(
                        "node %s runs already with the state folder %s; daemons that share a record each need a name of their own (--node)"
                                .formatted(node, state));
            }
            return new DaemonFolder(folder, lock);
        } catch (IOException e) {
            throw new StateException(
                    "cannot use the folder %s: %s; it must be writable by this user"
                            .formatted(folder, e),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
