package dev.assent.reconcile;

import dev.assent.source.Repository;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.RepositoryState.Condition;
import dev.assent.state.Store;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What was seen of repositories: kept in the record, and announced when it changes.
final class Sightings {

    private final Store store;
    private final Announcer announcer;
    private final InstantSource clock;

    /// The repositories that this daemon has read as they stand.
    private final Set<String> upToDate = ConcurrentHashMap.newKeySet();

    Sightings(Store store, Announcer announcer, InstantSource clock) {
        this.store = store;
        this.announcer = announcer;
        this.clock = clock;
    }

    /// The commit up to which a repository's manifests are read; empty where they are to be read
    /// anew, since the settings that they were read with are others now.
    Optional<String> lastHead(Repository repository) {
        return store.repositories()
                .get(repository.name())
                .filter(it -> it.settings().equals(repository.fingerprint()))
                .flatMap(RepositoryState::head);
    }

    /// Its manifests are read up to a commit.
    ///
    /// @param detail what is wrong all the same, in a sentence; empty when nothing is
    void read(Repository repository, Optional<String> head, String detail) {
        keep(repository, head, repository.fingerprint(), Condition.OK, detail);
        upToDate.add(repository.name());
    }

    /// How the last look at a repository ended, in a word.
    String condition(Repository repository) {
        return store.repositories()
                .get(repository.name())
                .map(it -> it.condition().word())
                .orElse("unknown");
    }

    /// The commit up to which a repository was accepted last, whatever the settings were.
    Optional<String> accepted(Repository repository) {
        return store.repositories().get(repository.name()).flatMap(RepositoryState::head);
    }

    /// It could not be read; what was read before still counts.
    void failed(Repository repository, Condition condition, String detail) {
        upToDate.remove(repository.name());
        // With the settings that it was read with: what was accepted stays known.
        var before = store.repositories().get(repository.name());
        keep(
                repository,
                before.flatMap(RepositoryState::head),
                before.map(RepositoryState::settings).orElse(repository.fingerprint()),
                condition,
                detail);
    }

    /// Whether what a plan was made from was looked at since this daemon began, and could be read.
    boolean isUpToDate(Provenance provenance) {
        return provenance.equals(Provenance.NONE) || upToDate.contains(provenance.repository());
    }

    private void keep(
            Repository repository,
            Optional<String> head,
            String settings,
            Condition condition,
            String detail) {
        var now = clock.instant();
        var before = store.repositories().get(repository.name());
        var same = before.filter(it -> it.condition() == condition);
        var state =
                new RepositoryState(
                        repository.name(),
                        head,
                        settings,
                        condition,
                        Optional.of(detail).filter(it -> !it.isEmpty()),
                        same.map(RepositoryState::since).orElse(now),
                        now);
        store.repositories().put(state);
        if (!same.map(RepositoryState::detail).equals(Optional.of(state.detail()))) {
            announcer.repository(state);
            if (condition == Condition.UNSIGNED) {
                store.audit()
                        .note(
                                "assent",
                                "commits.refused",
                                "repository %s: %s".formatted(repository.name(), detail));
            }
        }
    }
}
