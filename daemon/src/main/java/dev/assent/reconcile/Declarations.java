package dev.assent.reconcile;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.source.GitSource;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.Store;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the manifests that were read last declare, read once more from the very commits that were
/// read then.
public final class Declarations {

    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

    private final Store store;
    private final GitSource source;
    private final ManifestReader manifests;
    private final List<Repository> repositories;

    public Declarations(
            Store store,
            GitSource source,
            ManifestReader manifests,
            List<Repository> repositories) {
        this.store = store;
        this.source = source;
        this.manifests = manifests;
        this.repositories = List.copyOf(repositories);
    }

    /// The manifest of an application that was read last, where that one could be planned.
    Optional<ManifestState> last(ApplicationName application) {
        return store.manifests().get(application).filter(it -> it.condition() == Condition.VALID);
    }

    /// Reads a manifest at its commit; empty where that can't be had any more, or where the
    /// application is no longer read from that repository.
    Optional<Reading.Valid> read(ManifestState manifest) {
        var application = manifest.application();
        var provenance = manifest.provenance();
        var environments = List.of(application.environment());
        return repositories.stream()
                .filter(it -> it.name().equals(provenance.repository()))
                .filter(it -> it.environments().contains(application.environment()))
                .findFirst()
                .flatMap(it ->
                        source.read(it, provenance.commit(), application.app(), provenance.path()))
                .map(it -> manifests.read(provenance.path(), it.bytes(), environments))
                .filter(Reading.Valid.class::isInstance)
                .map(Reading.Valid.class::cast);
    }

    /// What is declared for an application; empty where no manifest of it can be planned, or read
    /// at all.
    public Optional<Desired> desired(ApplicationName application) {
        try {
            return last(application)
                    .flatMap(this::read)
                    .map(it -> it.manifest().desired(application));
        } catch (SourceException e) {
            LOG.warn("nobody knows what is declared for {}: {}", application, e.getMessage());
            return Optional.empty();
        }
    }
}
