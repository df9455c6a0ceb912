package dev.assent.source;

import java.util.List;

/// What a look at a repository's branch found.
public sealed interface Poll {

    /// The branch stands where it stood; nothing was fetched.
    record Unchanged() implements Poll {}

    /// The branch stands elsewhere, forward or by force.
    ///
    /// @param head the commit, in hexadecimal
    /// @param changed the manifests that are new or differ from those at the last head
    /// @param gone those that were there and are not any more: path and application, no bytes
    record Moved(String head, List<ManifestFile> changed, List<Gone> gone) implements Poll {}

    /// The branch stands elsewhere, and not every new commit is signed by a known person, which
    /// this repository requires: nothing is read.
    ///
    /// @param commits those that are not, the newest first
    /// @param why which and why in a sentence, and what to do
    record Unsigned(String head, List<String> commits, String why) implements Poll {}

    /// The repository has no commit at all.
    record Empty() implements Poll {}

    /// The repository is there, the branch is not.
    record BranchGone() implements Poll {}

    /// A manifest that is no longer in the repository.
    record Gone(String app, String path) {}
}
