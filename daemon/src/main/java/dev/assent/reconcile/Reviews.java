package dev.assent.reconcile;

import dev.assent.source.Repository;
import java.util.Map;
import java.util.Optional;

/// Where the pull requests of repositories are discussed.
public interface Reviews {

    /// Nowhere.
    Reviews NONE = _ -> Optional.empty();

    /// The pull requests that are open into a repository's branch, by ref, as far as is known;
    /// empty where the repository has no forge that tells.
    Optional<Map<String, HeadDescription>> open(Repository repository);
}
