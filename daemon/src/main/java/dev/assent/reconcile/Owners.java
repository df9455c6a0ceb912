package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.Store;
import java.util.Optional;

/// Which repository an application belongs to. Two must not pull one to and fro: the first one
/// keeps it.
record Owners(Store store, Watched repositories) {

    /// Why an application is not a repository's, in a sentence; empty where it is, or could be.
    Optional<String> other(Repository repository, String app) {
        return repository.environments().stream()
                .flatMap(it -> store.manifests().get(new ApplicationName(app, it)).stream())
                .filter(it -> it.condition() != Condition.GONE)
                .map(it -> it.provenance().repository())
                .filter(it -> !it.equals(repository.name()) && repositories.named(it).isPresent())
                .findFirst()
                .map(it -> "the application %s is declared by repository %s".formatted(app, it));
    }
}
