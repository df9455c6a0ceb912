package dev.assent.state;

import java.nio.file.Path;
import java.time.InstantSource;

/// The record of the whole installation, in one SQLite database. Each room has its own class; all
/// of them write through the same single writer.
public final class Store implements AutoCloseable {

    /// Opens the database, creates or migrates it, and checks that the key opens its secrets.
    ///
    /// @throws StateException if it cannot be opened, is damaged, or belongs to another key
    public static Store open(Path database, SecretKeyFile key, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    public Plans plans() {
        throw new UnsupportedOperationException();
    }

    public Records records() {
        throw new UnsupportedOperationException();
    }

    public Journal journal() {
        throw new UnsupportedOperationException();
    }

    public Credentials credentials() {
        throw new UnsupportedOperationException();
    }

    public Redeploys redeploys() {
        throw new UnsupportedOperationException();
    }

    public Repositories repositories() {
        throw new UnsupportedOperationException();
    }

    public Manifests manifests() {
        throw new UnsupportedOperationException();
    }

    public Audit audit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
