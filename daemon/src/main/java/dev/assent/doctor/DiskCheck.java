package dev.assent.doctor;

import java.io.IOException;
import java.nio.file.Path;

/// Whether there is room on the disk of the state folder.
record DiskCheck(Path state, Space.Of space) implements Check {

    private static final long FULL = 100L << 20;
    private static final long SCARCE = 1L << 30;
    private static final long FEW_FILES = 10_000;

    static DiskCheck of(Path state) {
        return new DiskCheck(state, Space::of);
    }

    @Override
    public String subject() {
        return "disk";
    }

    @Override
    public Finding look() throws IOException {
        var found = space.folder(state);
        var words =
                "%s free of %s below %s"
                        .formatted(size(found.usable()), size(found.total()), state);
        if (found.usable() < FULL) {
            return Finding.trouble(
                    words + ": nothing more can be written soon",
                    "make room there; databases on that disk will stop as well");
        }
        // A file system without a fixed number of files says that there are none left.
        var files = found.inodes().orElse(0);
        if (files > 0 && files < FEW_FILES) {
            return Finding.warning(
                    words + ", but only for %d more files".formatted(files),
                    "remove files there: `df -i` counts them");
        }
        if (found.usable() < SCARCE) {
            return Finding.warning(words, "make room there, or move the folder to a larger disk");
        }
        return Finding.fine(words);
    }

    private static String size(long bytes) {
        return bytes < SCARCE
                ? (bytes >> 20) + " MiB"
                : "%.1f GiB".formatted((double) bytes / SCARCE);
    }
}
