package dev.assent.provider.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ports that stand in the servers' records. Each claim asks for all of them: they are read
/// again where another process has asked since, and after a while, since somebody may have moved a
/// folder by hand; and of those, only the records that were replaced. To be asked and told by
/// whoever has the lock on all servers.
final class TakenPorts {

    private static final Logger LOG = LoggerFactory.getLogger(TakenPorts.class);

    /// How long what was read is believed.
    private static final long WHILE = Duration.ofSeconds(10).toNanos();

    private static final Map<Path, TakenPorts> ALL = new ConcurrentHashMap<>();

    /// Each record is a file of its own, put in place of the one before.
    private record Version(@Nullable Object file, FileTime written, long size) {

        static Version of(Path file) throws IOException {
            var now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(now.fileKey(), now.lastModifiedTime(), now.size());
        }
    }

    private record Seen(Version version, int port) {}

    private final Path servers;
    private final LongSupplier nanoTime;
    private final Map<Path, Seen> seen = new HashMap<>();
    private boolean read;
    private long readAt;

    TakenPorts(Path servers, LongSupplier nanoTime) {
        this.servers = servers;
        this.nanoTime = nanoTime;
    }

    /// One for all providers of this process that keep servers in a folder.
    static TakenPorts of(Path servers) {
        return ALL.computeIfAbsent(servers, it -> new TakenPorts(it, System::nanoTime));
    }

    /// The ports that other servers have.
    ///
    /// @param folder the one that wants to know it
    /// @throws IOException if the folders cannot be listed
    Set<Integer> others(Path folder) throws IOException {
        if (!isBelieved()) {
            read = false;
            readAt = nanoTime.getAsLong();
            read = readAll();
        }
        return seen.entrySet().stream()
                .filter(it -> !it.getKey().equals(folder))
                .map(it -> it.getValue().port())
                .collect(Collectors.toSet());
    }

    private boolean isBelieved() {
        return LockFile.of(servers).mark() && read && nanoTime.getAsLong() - readAt < WHILE;
    }

    /// A server has a port from now on.
    void claimed(Path folder, int port) throws IOException {
        seen.put(folder, new Seen(Version.of(folder.resolve(ServerFolder.RECORD)), port));
    }

    /// A server is gone from now on. Another process may take its port for one that is taken, for a
    /// while.
    void gone(Path folder) {
        seen.remove(folder);
    }

    /// All is read again when it is asked for next.
    void forget() {
        read = false;
    }

    /// @return whether all could be read
    private boolean readAll() throws IOException {
        var all = true;
        var folders = ServerFolders.all(servers);
        for (var folder : folders) {
            var file = folder.resolve(ServerFolder.RECORD);
            try {
                read(folder, file);
                continue;
            } catch (NoSuchFileException e) {
                // A crash came before it was claimed, so it has no port yet.
            } catch (IOException | RuntimeException e) {
                if (Files.isDirectory(folder)) {
                    all = false;
                    LOG.warn(
                            "{} cannot be read, so its port counts as free: {}",
                            file,
                            e.getMessage());
                }
            }
            seen.remove(folder);
        }
        seen.keySet().retainAll(Set.copyOf(folders));
        return all;
    }

    private void read(Path folder, Path file) throws IOException {
        var version = Version.of(file);
        var before = seen.get(folder);
        if (before != null && before.version().equals(version)) return;
        seen.put(folder, new Seen(version, ServerRecord.parse(Files.readString(file)).port()));
    }
}
