package dev.assent.source;

/// A manifest as it stands in a commit.
public final class ManifestFile {

    private final String app;
    private final String path;
    private final String commit;
    private final byte[] bytes;

    public ManifestFile(String app, String path, String commit, byte[] bytes) {
        this.app = app;
        this.path = path;
        this.commit = commit;
        this.bytes = bytes.clone();
    }

    /// The application that it is for.
    public String app() {
        return app;
    }

    public String path() {
        return path;
    }

    /// The object id of the commit, in hexadecimal.
    public String commit() {
        return commit;
    }

    /// Its content; of one that is too long, a little more than a manifest may have.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return path + "@" + commit;
    }
}
