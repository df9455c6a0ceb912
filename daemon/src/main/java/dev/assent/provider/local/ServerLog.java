package dev.assent.provider.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// A server's own log: what it prints.
record ServerLog(Path file) {

    private static final long LONG = 10_000_000;
    private static final int TAIL = 32_768;

    /// A file that was not there.
    private static final Set<OpenOption> KEEPING =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// To write as well, since a pipe that took the file's place meanwhile is opened at once then.
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /// Begins a new log where the old one has grown long; one old one is kept. Only for a server
    /// that does not run.
    void turn() throws IOException {
        if (isLong()) Files.move(file, old(), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Whether it has grown beyond its bound.
    boolean isLong() {
        return length() > LONG;
    }

    /// Makes a long log short while its server writes on: what was written last is kept beside it,
    /// in place of what was kept before. Server and log stay as they are, since the file is the
    /// same and is written at its end.
    ///
    /// The server may write in the log's folder, so nothing here follows a link or opens a file
    /// that the server has put where the old log goes. What cannot be kept, as on a full disk, is
    /// given up: a log that goes on growing would do harm.
    void cut() throws IOException {
        if (!isFile()) return;
        try (var channel = FileChannel.open(file, OPTIONS)) {
            try {
                keep(channel);
            } finally {
                channel.truncate(0);
            }
        }
    }

    private void keep(FileChannel channel) throws IOException {
        Files.deleteIfExists(old());
        var end = channel.size();
        var at = Math.max(0, end - LONG);
        try (var kept = FileChannel.open(old(), KEEPING, OWNER_ALONE)) {
            while (at < end) {
                var copied = channel.transferTo(at, end - at, kept);
                if (copied <= 0) return;
                at += copied;
            }
        }
    }

    private Path old() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    long length() {
        try {
            return isFile() ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /// The last lines of what was written after the log had a length; none where it cannot be read.
    ///
    /// The server may write in the log's folder. One that was broken into could put a link there to
    /// what only the daemon can read, or a pipe on which it would wait forever.
    List<String> linesSince(long length) {
        if (!isFile()) return List.of();
        try (var channel = FileChannel.open(file, OPTIONS)) {
            var from = Math.max(length, channel.size() - TAIL);
            var bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
            channel.read(bytes, from);
            var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean isFile() {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
