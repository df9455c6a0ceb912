package dev.assent.source;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Where manifests are read from, and where what they say is proposed. The daemon's is Git: see
/// [GitSource].
public interface ManifestSource {

    /// Looks where the branch and the wanted refs beside it stand.
    ///
    /// @param lastHead the commit whose manifests are read already; empty reads them all
    /// @throws SourceException if the repository cannot be reached or read
    Look look(Repository repository, Optional<String> lastHead, List<HeadPattern> beside);

    /// What the manifests would be, were heads merged into the branch.
    ///
    /// @param branch the commit that the branch stands at
    /// @param heads the commits that are merged, one after the other; it is the last one's changes
    ///   that are told of
    /// @throws SourceException if there are no such commits any more
    Merged merged(Repository repository, String branch, List<String> heads);

    /// The same for one application alone, whichever of the heads touches it.
    Merged merged(Repository repository, String branch, List<String> heads, String app);

    /// Who changed files in the commits that a head has and an older one has not, by path.
    ///
    /// @param since empty, or not known any more: who made the head's own commit, for all files
    Map<String, SortedSet<String>> authors(
            Repository repository, Optional<String> since, String head, Collection<String> paths);

    /// Reads one manifest again.
    ///
    /// @return empty if the commit has no such file
    /// @throws SourceException if there is no such commit any more
    Optional<ManifestFile> read(Repository repository, String commit, String app, String path);
}
