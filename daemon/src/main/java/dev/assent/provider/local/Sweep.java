package dev.assent.provider.local;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Clears away what the process before this one has left between two steps: servers that it had set
/// aside and not deleted yet, the folders around them, and files that were written and not put in
/// place.
record Sweep(Path servers) {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /// Once in the life of a process: later, what lies there is somebody's work.
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    /// Does it, unless this process has done so before. What cannot be deleted is left to the next
    /// start.
    void once() {
        if (!SWEPT.add(servers)) return;
        try {
            go();
        } catch (IOException e) {
            LOG.warn("what a crash has left in {} stays: {}", servers, Trouble.of(e));
        }
    }

    void go() throws IOException {
        if (!Files.isDirectory(servers)) return;
        var removed = Removed.in(servers);
        if (removed.isThere()) removed.delete();
        for (var server : ServerFolders.all(servers)) sweepUnused(server);
        var lock = ServerLock.ofAll(servers);
        lock.lock();
        try {
            for (var folder : folders(servers)) tidy(folder, ServerFolders.LEVELS - 1);
        } finally {
            lock.unlock();
        }
    }

    /// What another process is doing something to now is that one's.
    private void sweepUnused(Path server) throws IOException {
        var key = key(server);
        if (key.isEmpty()) return;
        var lock = ServerLock.of(servers, key.get());
        if (!lock.tryLock()) return;
        try {
            for (var folder : Set.of(server, server.resolve("data"))) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) sweep(folder);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The server whose folder it is.
    private Optional<ServerKey> key(Path folder) {
        var path = servers.relativize(folder);
        return GroupName.parse(path.getName(2) + "/" + path.getName(3))
                .map(it ->
                        new ServerKey(
                                new ApplicationName(
                                        path.getName(0).toString(), path.getName(1).toString()),
                                it,
                                new ServerName(path.getName(4).toString())));
    }

    /// Deletes a folder if nothing is in it but such folders.
    private static void tidy(Path folder, int below) throws IOException {
        if (below > 0) {
            for (var inner : folders(folder)) tidy(inner, below - 1);
        }
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody's.
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(it -> Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS)).toList();
        }
    }

    private static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, Durable::isUnfinished)) {
            for (var file : files) {
                LOG.info("{} was never put in place and is deleted", file);
                Trees.delete(file);
            }
        }
    }
}
