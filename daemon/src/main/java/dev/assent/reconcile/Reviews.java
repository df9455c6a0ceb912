package dev.assent.reconcile;

import dev.assent.source.Repository;
import java.util.Map;
import java.util.Optional;

/// Where the pull requests of repositories are discussed.
public interface Reviews {

    /// Nowhere.
    Reviews NONE =
            new Reviews() {
                @Override
                public Optional<Map<String, HeadDescription>> open(Repository repository) {
                    return Optional.empty();
                }

                @Override
                public void listen(Repository repository, Decider decider) {}

                @Override
                public void tell() {}
            };

    /// The pull requests that are open into a repository's branch, by ref, as far as is known;
    /// empty where the repository has no forge that tells.
    Optional<Map<String, HeadDescription>> open(Repository repository);

    /// Hears what people have said since the last time, and has it done. To be called when what is
    /// proposed has been planned.
    void listen(Repository repository, Decider decider);

    /// Says how things stand, where that has changed.
    void tell();
}
