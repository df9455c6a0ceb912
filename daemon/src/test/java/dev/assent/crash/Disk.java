package dev.assent.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The disk that a lane's state lies on.
///
/// @param filler the file that takes all the room
record Disk(Path filler) {

    /// Fills it to the last byte.
    void fill() {
        for (var size = 1 << 16; size > 0; size /= 16) {
            var block = new byte[size];
            try (var file =
                    Files.newOutputStream(
                            filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) file.write(block);
            } catch (IOException e) {
                // That was the last of this size.
            }
        }
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(filler);
    }
}
