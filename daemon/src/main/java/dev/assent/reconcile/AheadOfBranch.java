package dev.assent.reconcile;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.source.ManifestSource;
import dev.assent.source.Merged;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.source.Watched;
import dev.assent.state.Ahead;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What heads have had applied before they were merged: until that is merged or given up, neither
/// the branch nor another head must undo it.
final class AheadOfBranch {

    private final Store store;
    private final ManifestSource source;
    private final ManifestReader manifests;
    private final Watched repositories;

    AheadOfBranch(
            Store store, ManifestSource source, ManifestReader manifests, Watched repositories) {
        this.store = store;
        this.source = source;
        this.manifests = manifests;
        this.repositories = repositories;
    }

    /// What a branch's manifest comes to with what is ahead of it.
    sealed interface Effective {

        /// What the manifest says.
        record AsItIs() implements Effective {}

        /// Something else.
        record With(Desired desired) implements Effective {}

        /// Nobody can tell.
        record Unknown(String why) implements Effective {}
    }

    /// The other heads of a repository that are ahead of its branch for an application, in the
    /// order in which they got there.
    List<Ahead> others(ApplicationName application, Repository repository, String ref) {
        return of(application, repository).stream().filter(it -> !it.ref().equals(ref)).toList();
    }

    private List<Ahead> of(ApplicationName application, Repository repository) {
        return store.heads().ahead(application).stream()
                .filter(it -> it.repository().equals(repository.name()))
                .toList();
    }

    /// What a commit makes of one application behind others that are ahead of the branch there.
    ///
    /// @param branch the commit that the branch stands at
    Merged behind(
            List<Ahead> others, Repository repository, String branch, String commit, String app) {
        var part = inPart(others);
        if (part.isPresent()) return new Merged.Conflict(part.get());
        var commits = new ArrayList<>(commits(others));
        commits.add(commit);
        return switch (source.merged(repository, branch, commits, app)) {
            case Merged.Conflict(var why) when !others.isEmpty() ->
                    new Merged.Conflict("together with what was applied before it, " + why);
            case Merged merged -> merged;
        };
    }

    /// What the branch wants of an application.
    Effective effective(ApplicationName application, Provenance provenance) {
        var found = repositories.named(provenance.repository());
        if (found.isEmpty()) return new Effective.AsItIs();
        var ahead = of(application, found.get());
        if (ahead.isEmpty()) return new Effective.AsItIs();
        var names = names(ahead);
        try {
            var branch = provenance.commit();
            return switch (source.merged(found.get(), branch, commits(ahead), application.app())) {
                case Merged.Contained() -> new Effective.AsItIs();
                case Merged.Conflict(var why) ->
                        new Effective.Unknown(
                                "%s was applied before it was merged, and now %s"
                                        .formatted(names, why));
                case Merged.Clean clean when clean.changed().isEmpty() -> new Effective.AsItIs();
                case Merged.Clean clean ->
                        inPart(ahead)
                                .<Effective>map(Effective.Unknown::new)
                                .orElseGet(() -> with(clean, application, names));
            };
        } catch (SourceException e) {
            return new Effective.Unknown(
                    "%s was applied before it was merged, and can't be read any more: %s"
                            .formatted(names, e.getMessage()));
        }
    }

    private Effective with(Merged.Clean clean, ApplicationName application, String names) {
        var file = clean.changed().getFirst();
        return switch (manifests.read(
                file.path(), file.bytes(), List.of(application.environment()))) {
            case Reading.Valid valid -> new Effective.With(valid.manifest().desired(application));
            case Reading.Invalid _ ->
                    new Effective.Unknown(
                            "%s was applied before it was merged, and together with the branch its manifest has errors now; merge or close it"
                                    .formatted(names));
        };
    }

    /// What failed halfway or was held back is in the commit, and not in the record. It is that
    /// head's alone: a plan of the branch or of another head must not bring it along, where other
    /// rules say who may approve it.
    private Optional<String> inPart(List<Ahead> ahead) {
        var part = ahead.stream().filter(it -> !isWhole(it)).toList();
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s was applied in part before it was merged; have the rest applied, merge it or close it"
                                .formatted(names(part)));
    }

    private boolean isWhole(Ahead ahead) {
        return store.plans()
                .find(ahead.plan().toString())
                // When that ends, everything is planned anew.
                .filter(it ->
                        it.state() == PlanState.APPLYING
                                || it.state() == PlanState.NEEDS_DECISION
                                || it.isDoneWhole())
                .isPresent();
    }

    private static List<String> commits(List<Ahead> ahead) {
        return ahead.stream().map(Ahead::commit).distinct().toList();
    }

    private static String names(List<Ahead> ahead) {
        return ahead.stream().map(Ahead::name).collect(Collectors.joining(", "));
    }
}
