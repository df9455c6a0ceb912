package dev.assent.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes small files of the run folder so that nobody ever sees half of one.
final class RunFile {

    private RunFile() {}

    /// Writes a line, readable by the owner and the group (mode 0640).
    static void write(Path file, String line) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException("not a file in a folder: " + file);
        Files.createDirectories(folder);
        var fresh = Files.createTempFile(folder, ".", ".new");
        try {
            Files.writeString(fresh, line + "\n");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r-----"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
