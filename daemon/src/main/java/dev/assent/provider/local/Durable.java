package dev.assent.provider.local;

import dev.assent.failpoint.Failpoint;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Writes that are on the disk when they return.
final class Durable {

    /// The end of the name of a file that is not in its place yet.
    static final String UNFINISHED = ".assent-new";

    private Durable() {}

    /// Whether a file was being written when the process was killed.
    static boolean isUnfinished(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(UNFINISHED);
    }

    /// Puts a file that only this process's user can read in place as one: whoever reads sees the
    /// old text or the new one, also after a crash.
    static void replace(Path file, String text) throws IOException {
        replace(file, text, _ -> {});
    }

    /// The same for a file that belongs to the servers' user.
    static void replace(Path file, String text, ServersUser owner) throws IOException {
        replace(file, text, owner::own);
    }

    private static void replace(Path file, String text, Trees.Heard written) throws IOException {
        replace(file, text, true, written);
        flushFolder(Trees.around(file));
    }

    /// Puts a file in place as one that is on the disk only when [#flush] has returned: for who
    /// keeps others waiting meanwhile. After a crash of the machine it may be there and empty.
    static void replaceUnflushed(Path file, String text) throws IOException {
        replace(file, text, false, _ -> {});
    }

    /// Has a file, and that it is in its folder, on the disk.
    static void flush(Path file) throws IOException {
        Failpoint.FILE_BEFORE_FLUSH.reached(IOException::new);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        flushFolder(Trees.around(file));
    }

    private static void replace(Path file, String text, boolean flushed, Trees.Heard written)
            throws IOException {
        Failpoint.FILE_BEFORE_WRITE.reached(IOException::new);
        // Always the same name: what a crash leaves behind is overwritten, and does not pile up.
        var fresh = file.resolveSibling("." + file.getFileName() + UNFINISHED);
        try {
            Files.deleteIfExists(fresh);
            try (var channel =
                    FileChannel.open(
                            fresh,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
                Failpoint.FILE_BEFORE_FLUSH.reached(IOException::new);
                if (flushed) channel.force(true);
            }
            written.of(fresh);
            Failpoint.FILE_BEFORE_RENAME.reached(IOException::new);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            Failpoint.FILE_AFTER_RENAME.reached(IOException::new);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// Flushes a whole tree, by flushing its file system: a thousand files one by one take ten
    /// times as long, and much longer on a busy disk.
    static void flushAll(Path folder) throws IOException {
        Failpoint.TREE_BEFORE_FLUSH.reached(IOException::new);
        var ended = Commands.run(List.of("sync", "--file-system", folder.toString()), folder);
        if (ended.code() != 0) throw new IOException("could not flush: " + ended.printed().strip());
        Failpoint.TREE_AFTER_FLUSH.reached(IOException::new);
    }

    /// A file's name is part of its folder.
    static void flushFolder(Path folder) throws IOException {
        Failpoint.FOLDER_BEFORE_FLUSH.reached(IOException::new);
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
        Failpoint.FOLDER_AFTER_FLUSH.reached(IOException::new);
    }
}
