package dev.assent.cli;

import dev.assent.state.StateException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// A file that gets its name only when all of it is there and on the disk, readable by its owner
/// alone.
final class FetchedFile {

    private FetchedFile() {}

    /// @param writing fills a file with another name
    static void into(Path target, Consumer<Path> writing) {
        var absolute = target.toAbsolutePath().normalize();
        try {
            var fresh = Files.createTempFile(folder(absolute), ".assent-", ".new");
            try {
                writing.accept(fresh);
                try (var written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(
                        fresh,
                        absolute,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new StateException(
                    "%s could not be written: %s; what had this name is as it was"
                            .formatted(target, e),
                    e);
        }
    }

    static Path folder(Path file) throws IOException {
        var folder = file.getParent();
        if (folder == null) throw new IOException(file + " is in no folder");
        return folder;
    }
}
