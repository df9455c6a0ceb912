package dev.assent.reconcile;

import dev.assent.log.Complaints;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.source.ManifestSource;
import dev.assent.source.SourceException;
import dev.assent.source.Watched;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.RepositoryState;
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
    private final Complaints complaints = new Complaints();
    private final ManifestSource source;
    private final ManifestReader manifests;
    private final Watched repositories;

    public Declarations(
            Store store, ManifestSource source, ManifestReader manifests, Watched repositories) {
        this.store = store;
        this.source = source;
        this.manifests = manifests;
        this.repositories = repositories;
    }

    /// What the last look at each repository that is watched found.
    List<RepositoryState> looks() {
        return store.repositories().all().stream()
                .filter(it -> repositories.named(it.name()).isPresent())
                .toList();
    }

    /// Reads a manifest at its commit; empty where that can't be had any more, or where the
    /// application is no longer read from that repository.
    private Optional<Reading.Valid> read(ManifestState manifest) {
        var application = manifest.application();
        var provenance = manifest.provenance();
        var environments = List.of(application.environment());
        return repositories
                .named(provenance.repository())
                .filter(it -> it.environments().contains(application.environment()))
                .flatMap(it ->
                        source.read(it, provenance.commit(), application.app(), provenance.path()))
                .map(it -> manifests.read(provenance.path(), it.bytes(), environments))
                .filter(Reading.Valid.class::isInstance)
                .map(Reading.Valid.class::cast);
    }

    /// What is declared for an application; empty where no manifest of it can be planned, or read
    /// at all.
    public Optional<Desired> desired(ApplicationName application) {
        return view(application).reading().map(it -> it.manifest().desired(application));
    }

    /// What is known of what an application is to have.
    ///
    /// @param manifest how its manifest was read last
    /// @param reading what that says; empty where there is none
    /// @param trouble why nobody knows what it declares, in a sentence
    record View(
            ApplicationName application,
            Optional<ManifestState> manifest,
            Optional<Reading.Valid> reading,
            Optional<String> trouble) {

        /// Whether what it declares is known to be in order, and could not be read just now.
        boolean isUnreadable() {
            return trouble.isPresent()
                    && manifest.filter(it -> it.condition() == Condition.VALID).isPresent();
        }

        /// Without groups where there is no manifest.
        Desired desired() {
            return reading.map(it -> it.manifest().desired(application))
                    .orElseGet(() -> new Desired(application, "", List.of()));
        }
    }

    View view(ApplicationName application) {
        var manifest = store.manifests().get(application);
        if (manifest.isEmpty() || manifest.get().condition() == Condition.GONE) {
            return new View(application, manifest, Optional.empty(), Optional.empty());
        }
        if (manifest.get().condition() == Condition.INVALID) {
            var trouble =
                    "%s has errors, so that nobody knows what it declares; mend it first: assent status %s"
                            .formatted(manifest.get().provenance().path(), application);
            return new View(application, manifest, Optional.empty(), Optional.of(trouble));
        }
        var reading = readable(manifest.get());
        var trouble =
                "the manifest of %s cannot be read just now; see why: assent status %s"
                        .formatted(application, application);
        return new View(
                application,
                manifest,
                reading,
                reading.isPresent() ? Optional.empty() : Optional.of(trouble));
    }

    private Optional<Reading.Valid> readable(ManifestState manifest) {
        var application = manifest.application();
        try {
            var read = read(manifest);
            complaints.isOver(application.toString());
            return read;
        } catch (SourceException e) {
            if (complaints.isDue(application.toString(), String.valueOf(e.getMessage()))) {
                unknown(manifest, e);
            }
            return Optional.empty();
        }
    }

    private static void unknown(ManifestState manifest, SourceException e) {
        try (var _ = manifest.provenance().about(manifest.application()).enter()) {
            LOG.warn(
                    "nobody knows what is declared for {}: {}",
                    manifest.application(),
                    e.getMessage());
        }
    }
}
