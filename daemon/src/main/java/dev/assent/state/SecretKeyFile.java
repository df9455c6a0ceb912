package dev.assent.state;

import java.nio.file.Path;

/// The 256-bit key that secrets are encrypted with (AES-256-GCM), from a file.
public final class SecretKeyFile {

    /// Reads the key; where the file does not exist yet, makes a new random key in it, readable by
    /// its owner alone (mode 0600).
    ///
    /// @throws StateException if others may read it, or it does not hold a key
    public static SecretKeyFile readOrCreate(Path file) {
        throw new UnsupportedOperationException();
    }

    /// Reads a key that somebody else keeps, a systemd credential for instance: never creates one.
    public static SecretKeyFile read(Path file) {
        throw new UnsupportedOperationException();
    }
}
