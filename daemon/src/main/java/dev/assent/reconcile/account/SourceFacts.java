package dev.assent.reconcile.account;

import dev.assent.manifest.Spelling;
import dev.assent.model.ApplicationName;
import dev.assent.reconcile.account.Fact.Code;
import dev.assent.state.ManifestState;
import dev.assent.state.RepositoryState;
import dev.assent.state.RepositoryState.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What keeps an application's manifest from being known as it is now.
final class SourceFacts {

    private final Situation situation;
    private final ApplicationName application;

    SourceFacts(Situation situation) {
        this.situation = situation;
        this.application = situation.application();
    }

    List<Fact> all() {
        var facts = new ArrayList<Fact>();
        if (situation.repositories().isEmpty()) {
            facts.add(
                    Fact.of(
                            Code.NOT_READ,
                            "no repository was looked at yet",
                            "assent status " + application));
        }
        situation.repositories().stream()
                .filter(this::mayHoldManifest)
                .flatMap(it -> unread(it).stream())
                .forEach(facts::add);
        facts.addAll(situation.manifest().map(this::manifest).orElseGet(this::unknown));
        return facts;
    }

    /// Where no manifest is known, any repository could have one.
    private boolean mayHoldManifest(RepositoryState repository) {
        return situation
                .manifest()
                .map(it -> it.provenance().repository().equals(repository.name()))
                .orElse(true);
    }

    private Optional<Fact> unread(RepositoryState repository) {
        var detail = repository.detail().orElse("");
        if (repository.condition() != Condition.OK) {
            return Optional.of(
                    Fact.of(
                            Code.REPOSITORY,
                            "repository %s can't be read: %s".formatted(repository.name(), detail),
                            "# mend that; it is looked at again by itself, and this shows what was"
                                    + " found",
                            "assent status " + application));
        }
        // A repository that is read can still have files that were left alone.
        if (situation.manifest().isPresent() || detail.isEmpty()) return Optional.empty();
        return Optional.of(
                Fact.of(
                        Code.REPOSITORY,
                        "repository %s is not read whole: %s".formatted(repository.name(), detail),
                        "assent status"));
    }

    private List<Fact> manifest(ManifestState manifest) {
        var path = manifest.provenance().path();
        return switch (manifest.condition()) {
            case INVALID ->
                    List.of(
                            Fact.of(
                                            Code.MANIFEST_INVALID,
                                            where(manifest)
                                                    + " is not valid, so nothing is planned from"
                                                    + " it",
                                            "assent validate " + path,
                                            "# push it once it is mended")
                                    .with(manifest.problems()));
            case GONE ->
                    List.of(
                            Fact.of(
                                    Code.MANIFEST_GONE,
                                    where(manifest)
                                            + " is gone; what was built stays, and nothing is"
                                            + " planned",
                                    "# put %s back, and push it".formatted(path)));
            case VALID -> situation.desired().isPresent() ? List.of() : List.of(lost(manifest));
        };
    }

    private Fact lost(ManifestState manifest) {
        return Fact.of(
                Code.MANIFEST_LOST,
                where(manifest)
                        + " was valid and can't be read once more: its repository has another"
                        + " history by now, or the configuration no longer names it",
                "# push a commit that touches %s".formatted(manifest.provenance().path()),
                "assent status " + application);
    }

    private List<Fact> unknown() {
        var near =
                Spelling.near(
                                application.toString(),
                                situation.known().stream().map(Object::toString).toList())
                        .or(this::otherEnvironment);
        return List.of(
                Fact.of(
                        Code.MANIFEST_UNKNOWN,
                        "no manifest that was read speaks of "
                                + application
                                + near.map(it -> "; did you mean " + it + "?").orElse(""),
                        near.map(it -> "assent why " + it).orElse("assent status")));
    }

    private Optional<String> otherEnvironment() {
        return situation.known().stream()
                .filter(it -> it.app().equals(application.app()) && !it.equals(application))
                .map(Object::toString)
                .findFirst();
    }

    private static String where(ManifestState manifest) {
        var provenance = manifest.provenance();
        return "%s of repository %s at commit %s"
                .formatted(
                        provenance.path(),
                        provenance.repository(),
                        provenance
                                .commit()
                                .substring(0, Math.min(10, provenance.commit().length())));
    }
}
