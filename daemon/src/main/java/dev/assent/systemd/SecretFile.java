package dev.assent.systemd;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files with secrets, each time anew, so that a new secret counts at once; and only those
/// that are kept as such.
public final class SecretFile {

    private SecretFile() {}

    /// The file's text.
    ///
    /// @throws OpenToAllException if every user of this machine can read it
    public static String read(Path file) throws IOException {
        if (CredentialFiles.of(System.getenv(), file).isOpenToAll(file)) {
            throw new OpenToAllException(file);
        }
        return Files.readString(file);
    }

    /// A secret that is none any more. The message says what to do.
    public static final class OpenToAllException extends IOException {

        @Serial private static final long serialVersionUID = 1;

        OpenToAllException(Path file) {
            super("everybody on this machine can read it; take that away: chmod o-rwx " + file);
        }
    }
}
