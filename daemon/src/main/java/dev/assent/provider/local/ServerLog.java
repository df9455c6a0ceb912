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
import java.util.List;
import java.util.Set;

/// A server's own log: what it prints.
record ServerLog(Path file) {

    private static final long LONG = 10_000_000;
    private static final int TAIL = 32_768;

    /// To write as well, since a pipe that took the file's place meanwhile is opened at once then.
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /// Begins a new log where the old one has grown long; one old one is kept. Only for a server
    /// that does not run.
    void turn() throws IOException {
        if (length() > LONG) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
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
