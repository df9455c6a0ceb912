package dev.assent.provider.local;

import dev.assent.engine.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is kept of a server while it is tried in another role: copies of its own files beside the
/// data, and its data, moved out of the way of a copy. Each step can be repeated, and a crash
/// between any two leaves what [#bringBack] makes the old server of.
record Aside(ServerFolder folder, ServersUser user) {

    /// Ours, not the engine's.
    private static final Set<String> PROVIDERS =
            Set.of(
                    ServerFolder.RECORD,
                    StepMark.FILE,
                    ServerCommand.START.fileName(),
                    ServerCommand.STOP.fileName());

    Path data() {
        return folder.path().resolve("data.before");
    }

    Path configuration() {
        return folder.path().resolve("configuration.before");
    }

    /// The server as it can be spoken of with the files that were kept.
    Site of(Site server) {
        return new Site(
                server.server(),
                server.specification(),
                server.version(),
                server.size(),
                server.programs(),
                configuration(),
                server.endpoint());
    }

    void keepConfiguration() throws IOException {
        Trees.delete(configuration());
        Files.createDirectory(
                configuration(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (var file : files(folder.path())) {
            put(file, configuration());
        }
        Durable.flushAll(configuration());
    }

    /// Data that is gone is kept as an empty folder: without one, half a copy would pass for it.
    void keepData() throws IOException {
        if (Files.exists(folder.content(), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(folder.content(), data(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.createDirectories(data());
        }
        Durable.flushFolder(folder.path());
    }

    /// Has the old data and configuration back in place of what is there now. The server must have
    /// stopped.
    void bringBack() throws IOException {
        if (Files.isDirectory(data())) {
            Trees.delete(folder.content());
            if (isEmpty(data())) {
                Files.delete(data());
            } else {
                Files.move(data(), folder.content(), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        if (Files.isDirectory(configuration())) {
            for (var file : files(folder.path())) {
                if (!Files.exists(configuration().resolve(file.getFileName()))) Files.delete(file);
            }
            for (var kept : files(configuration())) {
                user.own(put(kept, folder.path()));
            }
        }
        Durable.flushAll(folder.path());
    }

    /// Deletes it: the server is what it is.
    void drop() throws IOException {
        Trees.delete(data());
        Trees.delete(configuration());
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static Path put(Path file, Path into) throws IOException {
        var name = file.getFileName().toString();
        var fresh = into.resolve("." + name + ".before");
        Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        return Files.move(fresh, into.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<Path> files(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        try (var all =
                Files.newDirectoryStream(
                        folder,
                        it ->
                                Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS)
                                        && !PROVIDERS.contains(it.getFileName().toString())
                                        && !it.getFileName().toString().startsWith("."))) {
            all.forEach(files::add);
        }
        return files;
    }
}
