package dev.assent.provider.local;

import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The folder of unpacked programs. Several daemons may share it.
final class ProgramCache {

    private static final long SPACE = 500L << 20;
    private static final Set<PosixFilePermission> OPEN =
            PosixFilePermissions.fromString("rwxr-xr-x");

    /// One for each archive: whoever waits for one does not wait for the others.
    private final Map<String, ReentrantLock> unpacking = new ConcurrentHashMap<>();

    private final Path folder;
    private final ArchiveStore store;

    ProgramCache(Path folder, ArchiveStore store) {
        this.folder = folder;
        this.store = store;
    }

    boolean has(Archive archive) {
        return Files.isDirectory(place(archive));
    }

    /// The folder with an archive's programs, which are fetched and unpacked first where they are
    /// not there.
    Path programs(Archive archive, Progress progress) throws IOException {
        if (!has(archive)) unpackAlone(archive, progress);
        return place(archive).resolve("bin");
    }

    private void unpackAlone(Archive archive, Progress progress) throws IOException {
        var lock = unpacking.computeIfAbsent(archive.folderName(), _ -> new ReentrantLock());
        lock.lock();
        try {
            if (!has(archive)) unpack(archive, progress);
        } finally {
            lock.unlock();
        }
    }

    private void unpack(Archive archive, Progress progress) throws IOException {
        progress.says("fetching " + archive);
        var file = store.file(archive);
        makeFolder();
        var free = Files.getFileStore(folder).getUsableSpace();
        if (free < SPACE) {
            throw new ProviderException(
                    "the disk of %s has %d MB left, and unpacking %s needs %d MB; make room there, or configure a cache on another disk"
                            .formatted(folder, free >> 20, archive, SPACE >> 20));
        }
        progress.says("unpacking " + archive);
        Unpacking.unpack(file, archive.packing(), place(archive));
    }

    /// Whoever runs servers must get at the programs; there is nothing secret in them.
    private void makeFolder() throws IOException {
        Files.createDirectories(folder);
        if (!Files.getPosixFilePermissions(folder).containsAll(OPEN)) {
            Files.setPosixFilePermissions(folder, OPEN);
        }
    }

    private Path place(Archive archive) {
        return folder.resolve(archive.folderName());
    }
}
