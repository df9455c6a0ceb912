package dev.assent.provider.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks an archive into the cache: into a folder beside its place, flushed, then renamed. Who
/// finds the place taken by then was overtaken by another daemon, and uses what that one left.
final class Unpacking {

    private static final String UNFINISHED = ".unpacking-";

    /// No unpacking takes that long: what is older was left by a crash.
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final int EXECUTABLE_BY_OWNER = 0100;

    private Unpacking() {}

    static void unpack(Path jar, String packed, Path target) throws IOException {
        var cache = Trees.around(target);
        sweep(cache);
        var unfinished = Files.createDirectory(cache.resolve(UNFINISHED + UUID.randomUUID()));
        try {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpackInto(unfinished, jar, packed);
            Durable.flushAll(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.flushFolder(cache);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) throw e;
        } finally {
            Trees.delete(unfinished);
        }
    }

    private static void unpackInto(Path folder, Path jar, String packed) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.getEntry(packed);
            if (entry == null) throw new IOException(jar + " has no entry " + packed);
            try (var tar =
                    new TarArchiveInputStream(new XZInputStream(zip.getInputStream(entry)))) {
                unpackInto(folder, tar);
            }
        }
    }

    private static void unpackInto(Path folder, TarArchiveInputStream tar) throws IOException {
        var folders = new HashSet<Path>(Set.of(folder));
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            if (!isForRunning(entry.getName())) continue;
            var path = inside(folder, folder.resolve(entry.getName()), entry);
            makeFolders(entry.isDirectory() ? path : Trees.around(path), folders);
            if (entry.isSymbolicLink()) {
                inside(folder, path.resolveSibling(entry.getLinkName()), entry);
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else if (entry.isFile()) {
                write(path, tar, (entry.getMode() & EXECUTABLE_BY_OWNER) != 0);
            }
        }
    }

    /// What is only there to compile other programs is a sixth of an archive.
    private static boolean isForRunning(String name) {
        return !name.endsWith(".a") && !name.endsWith(".pc") && !name.startsWith("include/");
    }

    private static Path inside(Path folder, Path path, TarArchiveEntry entry) throws IOException {
        var normal = path.normalize();
        if (normal.startsWith(folder)) return normal;
        throw new IOException("an entry of the archive leads out of it: " + entry.getName());
    }

    private static void makeFolders(Path folder, Set<Path> made) throws IOException {
        if (!made.add(folder)) return;
        makeFolders(Trees.around(folder), made);
        if (!Files.isDirectory(folder)) Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path path, InputStream content, boolean executable)
            throws IOException {
        Files.copy(content, path);
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void sweep(Path cache) throws IOException {
        try (var all = Files.newDirectoryStream(cache, UNFINISHED + "*")) {
            for (var folder : all) {
                var age = Files.getLastModifiedTime(folder).toInstant();
                if (age.isBefore(Instant.now().minus(ABANDONED))) Trees.delete(folder);
            }
        }
    }
}
