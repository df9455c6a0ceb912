package dev.assent.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Tells programs of this machine where the daemon listens: the file `server` of the run folder
/// holds its base URL.
public final class ServerFile {

    private ServerFile() {}

    public static Path file(Path runFolder) {
        return runFolder.resolve("server");
    }

    /// Writes the base URL of a daemon that listens now.
    ///
    /// @throws ListenException if the folder cannot be written to
    public static void write(Path runFolder, URI url) {
        try {
            RunFile.write(file(runFolder), url.toString());
        } catch (IOException e) {
            throw new ListenException(
                    "could not write " + file(runFolder) + ": " + e.getMessage(),
                    "give --run a folder that the daemon's user may write to",
                    e);
        }
    }

    /// The base URL that the last daemon of the folder wrote; empty when there is none to be read.
    public static Optional<URI> read(Path runFolder) {
        try {
            return Optional.of(URI.create(Files.readString(file(runFolder)).strip()))
                    .filter(it -> it.getHost() != null);
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
