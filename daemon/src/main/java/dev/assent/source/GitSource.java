package dev.assent.source;

import java.nio.file.Path;
import java.util.Optional;

/// Reads manifests out of Git through one bare mirror per repository.
public final class GitSource {

    /// Keeps its mirrors in a folder of its own.
    ///
    /// @param mirrors the folder that holds the mirrors; made if it is missing
    public GitSource(Path mirrors) {
        throw new UnsupportedOperationException();
    }

    /// Looks where the branch stands (`ls-remote`) and fetches only if that is elsewhere than
    /// `lastHead`; what changed is found by comparing the two commits' trees by object id.
    ///
    /// @param lastHead the commit whose manifests are read already; empty reads them all
    /// @throws SourceException if the repository cannot be reached or read
    public Poll poll(Repository repository, Optional<String> lastHead) {
        throw new UnsupportedOperationException();
    }

    /// Reads one manifest again, from the mirror alone.
    ///
    /// @return empty if the commit has no such file
    /// @throws SourceException if the mirror has no such commit
    public Optional<ManifestFile> read(
            Repository repository, String commit, String app, String path) {
        throw new UnsupportedOperationException();
    }
}
