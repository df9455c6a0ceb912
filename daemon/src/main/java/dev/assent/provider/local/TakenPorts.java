package dev.assent.provider.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ports that stand in the servers' records. A record is read again only when it was replaced:
/// each claim asks for all of them. To be asked by one thread at a time.
final class TakenPorts {

    private static final Logger LOG = LoggerFactory.getLogger(TakenPorts.class);

    /// Each record is a file of its own, put in place of the one before.
    private record Version(@Nullable Object file, FileTime written, long size) {}

    private record Seen(Version version, int port) {}

    private final Path servers;
    private final Map<Path, Seen> seen = new HashMap<>();

    TakenPorts(Path servers) {
        this.servers = servers;
    }

    /// @throws IOException if the folders cannot be listed
    Set<Integer> all() throws IOException {
        var taken = new HashSet<Integer>();
        var folders = ServerFolders.all(servers);
        for (var folder : folders) {
            var file = folder.resolve(ServerFolder.RECORD);
            try {
                taken.add(port(folder, file));
            } catch (NoSuchFileException e) {
                // A crash came before it was claimed, so it has no port yet.
            } catch (IOException | RuntimeException e) {
                if (!Files.isDirectory(folder)) continue;
                LOG.warn("{} cannot be read, so its port counts as free: {}", file, e.getMessage());
            }
        }
        seen.keySet().retainAll(Set.copyOf(folders));
        return taken;
    }

    private int port(Path folder, Path file) throws IOException {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        var version = new Version(now.fileKey(), now.lastModifiedTime(), now.size());
        var before = seen.get(folder);
        if (before != null && before.version().equals(version)) return before.port();
        var port = ServerRecord.parse(Files.readString(file)).port();
        seen.put(folder, new Seen(version, port));
        return port;
    }
}
