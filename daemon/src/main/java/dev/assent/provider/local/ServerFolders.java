package dev.assent.provider.local;

import dev.assent.failpoint.Failpoint;
import dev.assent.model.ServerKey;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of all servers: who has which folder and port. A port is a server's own from the
/// moment that it stands in its `server.json`, which is before anything else of it exists.
final class ServerFolders {

    private static final Logger LOG = LoggerFactory.getLogger(ServerFolders.class);

    /// Application, environment, engine, group, server.
    static final int LEVELS = 5;

    private static final String OURS_ALONE = "rwx------";

    /// One for all providers of this process: two of them may have ports in common.
    private static final ReentrantLock CLAIMING = new ReentrantLock();

    private final Path servers;
    private final Removed removed;
    private final Ports ports;
    private final TakenPorts taken;

    ServerFolders(LocalSettings settings) {
        this.servers = settings.servers();
        this.removed = Removed.in(servers);
        this.ports = new Ports(settings.host(), settings.firstPort(), settings.lastPort());
        this.taken = TakenPorts.of(servers);
    }

    Ports ports() {
        return ports;
    }

    ServerFolder of(ServerKey key) {
        return ServerFolder.below(servers, key);
    }

    /// Makes a server's folder and gives it a port.
    ///
    /// @param known the port that it has already; empty for one that is new
    /// @param own how many bytes the disk must have for what it will write
    /// @param copied how many are copied into it besides
    /// @param record what is to be recorded of a server with a port
    ServerRecord claim(
            ServerFolder folder,
            ServersUser user,
            OptionalInt known,
            long own,
            long copied,
            IntFunction<ServerRecord> record)
            throws IOException {
        locked(() -> makePassable(servers, user.passage()));
        user.refuseUnreachable(servers);
        refuseFull(own, copied);
        var claimed = claim(folder, user, known, record);
        // Not before others may claim theirs: the disk takes longer than all the rest.
        unlessItFails(folder, folder::flush);
        return claimed;
    }

    private ServerRecord claim(
            ServerFolder folder,
            ServersUser user,
            OptionalInt known,
            IntFunction<ServerRecord> record)
            throws IOException {
        try (var _ = alone()) {
            var claimed = record.apply(port(folder, known));
            unlessItFails(folder, () -> write(claimed, folder, user));
            return claimed;
        }
    }

    private int port(ServerFolder folder, OptionalInt known) throws IOException {
        try {
            return port(known, taken.others(folder.path()));
        } catch (ProviderException e) {
            // Somebody may have made room by hand just now.
            taken.forget();
            return port(known, taken.others(folder.path()));
        }
    }

    private int port(OptionalInt known, Set<Integer> others) {
        if (known.isEmpty()) return ports.free(others);
        var port = known.getAsInt();
        if (!others.contains(port) && ports.isFree(port)) return port;
        throw new ProviderException(
                "its port %d is taken by %s: end that, since this server keeps the port that its applications know"
                        .formatted(port, Listeners.on(port).orElse("another server of Assent")));
    }

    private void write(ServerRecord claimed, ServerFolder folder, ServersUser user)
            throws IOException {
        makePassable(folder.path(), user.passage());
        makePassable(folder.path().resolve("log"), OURS_ALONE);
        folder.claim(claimed);
        taken.claimed(folder.path(), claimed.port());
    }

    private void unlessItFails(ServerFolder folder, Step step) throws IOException {
        try {
            step.go();
        } catch (IOException e) {
            locked(taken::forget);
            delete(folder);
            throw e;
        }
    }

    /// Deletes a server's folder, and those around it that are empty then. It is gone as one: what
    /// a crash or a bad disk leaves of it lies aside and is deleted with the next, or before the
    /// next is built.
    void delete(ServerFolder folder) throws IOException {
        locked(() -> {
            if (Files.exists(folder.path())) removed.take(folder.path());
            taken.gone(folder.path());
            deleteEmpty(Trees.around(folder.path()));
        });
        if (!removed.isThere()) return;
        removed.delete();
        locked(() -> deleteEmpty(removed.folder()));
    }

    /// Makes room by deleting what should have been deleted long ago, as far as that can be done.
    private void clearAway() {
        if (!removed.isThere()) return;
        try {
            removed.deleteForgotten();
            locked(() -> deleteEmpty(removed.folder()));
        } catch (IOException e) {
            LOG.warn("what was removed is still in {}: {}", servers, Trouble.of(e));
        }
    }

    private interface Step {
        void go() throws IOException;
    }

    private void locked(Step step) throws IOException {
        try (var _ = alone()) {
            step.go();
        }
    }

    /// The time during which nobody else claims or gives back, here or in another process.
    private interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private Turn alone() {
        CLAIMING.lock();
        try {
            var others = ServerLock.ofAll(servers);
            others.lock();
            return () -> {
                others.unlock();
                CLAIMING.unlock();
            };
        } catch (RuntimeException e) {
            CLAIMING.unlock();
            throw e;
        }
    }

    private void deleteEmpty(Path folder) throws IOException {
        for (var step = folder; !step.equals(servers); step = Trees.around(step)) {
            try {
                Failpoint.FOLDER_BEFORE_TIDY.reached(IOException::new);
                Files.delete(step);
            } catch (NoSuchFileException e) {
                // One further up may still be there.
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private void makePassable(Path folder, String mode) throws IOException {
        if (!Files.isDirectory(folder)) {
            makePassable(Trees.around(folder), mode);
            Failpoint.FOLDER_BEFORE_MAKE.reached(IOException::new);
            Files.createDirectory(folder);
            Failpoint.FOLDER_AFTER_MAKE.reached(IOException::new);
        } else if (!folder.equals(servers)) {
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    /// Refuses to copy so much where there is no room for it.
    ///
    /// @param size in bytes
    void refuseToCopy(long size) throws IOException {
        refuseFull(0, size);
    }

    /// Before anything is there: a database that meets a full disk half-way is worse than none.
    private void refuseFull(long own, long copied) throws IOException {
        clearAway();
        var free = Files.getFileStore(servers).getUsableSpace();
        if (free - copied >= own) return;
        var copy = copied == 0 ? "" : ", and %d MB for the copy".formatted(megabytes(copied));
        throw new ProviderException(
                "the disk of %s has %d MB left, and a new server needs %d MB for its size%s; make room there, or configure a state folder on another disk"
                        .formatted(servers, free >> 20, megabytes(own), copy));
    }

    private static long megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    /// The folders of all servers, and those that may become some.
    static List<Path> all(Path servers) throws IOException {
        var folders = List.of(servers);
        for (var level = 0; level < LEVELS; level++) {
            folders = inside(folders);
        }
        return folders;
    }

    /// Whether what lies in it is a folder shows when that is listed.
    private static List<Path> inside(List<Path> folders) throws IOException {
        var found = new ArrayList<Path>();
        for (var folder : folders) {
            var names = folder.toFile().list();
            if (names == null && Files.isDirectory(folder))
                throw new AccessDeniedException(folder.toString());
            if (names == null) continue;
            for (var name : names) {
                if (!name.equals(Removed.NAME)) found.add(folder.resolve(name));
            }
        }
        return found;
    }
}
