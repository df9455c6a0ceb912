package dev.assent.provider.local;

import dev.assent.failpoint.Failpoint;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Servers that are removed and not deleted yet: to delete one takes a while, and it has to be gone
/// as one.
record Removed(Path folder) {

    /// No application is named like this.
    static final String NAME = ".removed";

    /// What is being deleted now: whoever does it may be long at it.
    private static final Set<Path> DELETING = ConcurrentHashMap.newKeySet();

    static Removed in(Path servers) {
        return new Removed(servers.resolve(NAME));
    }

    boolean isThere() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /// Takes a server's folder away from where it was.
    void take(Path server) throws IOException {
        Files.createDirectories(folder);
        Failpoint.LOCAL_BEFORE_SET_ASIDE.reached(IOException::new);
        Files.move(
                server,
                folder.resolve(UUID.randomUUID().toString()),
                StandardCopyOption.ATOMIC_MOVE);
        Failpoint.LOCAL_AFTER_SET_ASIDE.reached(IOException::new);
        Durable.flushFolder(Trees.around(server));
    }

    /// Deletes all of them.
    void delete() throws IOException {
        delete(_ -> true);
    }

    /// Deletes those that nobody in this process is deleting.
    void deleteForgotten() throws IOException {
        delete(it -> !DELETING.contains(it));
    }

    /// One that cannot be deleted keeps no other.
    private void delete(Predicate<Path> which) throws IOException {
        Optional<IOException> failure = Optional.empty();
        for (var server : servers()) {
            if (!which.test(server)) continue;
            DELETING.add(server);
            try {
                Trees.delete(server);
            } catch (IOException e) {
                failure = Optional.of(e);
            } finally {
                DELETING.remove(server);
            }
        }
        if (failure.isPresent()) throw failure.get();
    }

    private List<Path> servers() throws IOException {
        try (var servers = Files.newDirectoryStream(folder)) {
            var all = new ArrayList<Path>();
            servers.forEach(all::add);
            return all;
        } catch (NoSuchFileException e) {
            // Somebody else has just deleted the last.
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
