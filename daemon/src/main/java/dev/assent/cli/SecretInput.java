package dev.assent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A password from a file or from standard input; never from the command line, which others can
/// read.
final class SecretInput {

    /// Far longer than any password.
    private static final int MOST = 4096;

    private SecretInput() {}

    /// The first line.
    ///
    /// @param file empty: standard input
    static String read(Optional<Path> file, InputStream standardInput) {
        try (var in = file.isPresent() ? Files.newInputStream(file.get()) : standardInput) {
            var text = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("");
        } catch (IOException e) {
            throw Stop.couldNotRun(
                    "could not read the password from %s: %s"
                            .formatted(
                                    file.map(Path::toString).orElse("standard input"),
                                    e.getMessage()));
        }
    }
}
