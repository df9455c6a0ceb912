package dev.assent.provider.local;

import dev.assent.failpoint.Failpoint;
import dev.assent.provider.local.Archive.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
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

    static void unpack(Path jar, Packing packing, Path target) throws IOException {
        var cache = Trees.around(target);
        sweep(cache);
        var unfinished = Files.createDirectory(cache.resolve(UNFINISHED + UUID.randomUUID()));
        try {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpackInto(unfinished, jar, packing);
            Durable.flushAll(unfinished);
            Failpoint.LOCAL_BEFORE_UNPACK.reached(IOException::new);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            Failpoint.LOCAL_AFTER_UNPACK.reached(IOException::new);
            Durable.flushFolder(cache);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) throw e;
        } finally {
            Trees.delete(unfinished);
        }
    }

    private static void unpackInto(Path folder, Path jar, Packing packing) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            switch (packing) {
                case Packing.Tar(var entry) -> {
                    try (var in = open(zip, entry);
                            var tar = new TarArchiveInputStream(new XZInputStream(in))) {
                        unpackInto(folder, tar);
                    }
                }
                case Packing.Folder(var path) -> unpackInto(folder, zip, path + "/");
                case Packing.Program(var entry, var name) -> {
                    var programs = folder.resolve("bin");
                    makeFolders(programs, new HashSet<>(Set.of(folder)));
                    try (var in = open(zip, entry)) {
                        write(programs.resolve(name), in, true);
                    }
                }
            }
        }
    }

    private static InputStream open(ZipFile zip, String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) throw new IOException(zip.getName() + " has no entry " + name);
        return zip.getInputStream(entry);
    }

    /// A ZIP may not say what can be run: programs and scripts lie in folders of those names.
    private static void unpackInto(Path folder, ZipFile zip, String prefix) throws IOException {
        var folders = new HashSet<Path>(Set.of(folder));
        for (var entry : Collections.list(zip.entries())) {
            if (entry.isDirectory() || !entry.getName().startsWith(prefix)) continue;
            var name = entry.getName().substring(prefix.length());
            if (!isForRunning(name)) continue;
            var path = inside(folder, folder.resolve(name), name);
            makeFolders(Trees.around(path), folders);
            try (var in = zip.getInputStream(entry)) {
                write(path, in, name.startsWith("bin/") || name.startsWith("scripts/"));
            }
        }
    }

    private static void unpackInto(Path folder, TarArchiveInputStream tar) throws IOException {
        var folders = new HashSet<Path>(Set.of(folder));
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            if (!isForRunning(entry.getName())) continue;
            var path = inside(folder, folder.resolve(entry.getName()), entry.getName());
            makeFolders(entry.isDirectory() ? path : Trees.around(path), folders);
            if (entry.isSymbolicLink()) {
                inside(folder, path.resolveSibling(entry.getLinkName()), entry.getName());
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

    private static Path inside(Path folder, Path path, String entry) throws IOException {
        var normal = path.normalize();
        if (normal.startsWith(folder)) return normal;
        throw new IOException("an entry of the archive leads out of it: " + entry);
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
