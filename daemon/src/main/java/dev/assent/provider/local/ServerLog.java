package dev.assent.provider.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A server's own log: what it prints.
record ServerLog(Path file) {

    private static final long LONG = 10_000_000;
    private static final int TAIL = 32_768;

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
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /// The last lines of what was written after the log had a length; none where it cannot be read.
    List<String> linesSince(long length) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var from = Math.max(length, channel.size() - TAIL);
            var bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
            channel.read(bytes, from);
            var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
