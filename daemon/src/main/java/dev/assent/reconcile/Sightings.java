package dev.assent.reconcile;

import dev.assent.log.Complaints;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.RepositoryState.Condition;
import dev.assent.state.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What was seen of repositories: kept in the record, and announced when it changes.
final class Sightings {

    private final Store store;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Complaints complaints;

    private final Watched repositories;

    /// When each repository had been looked at last when this daemon began.
    private final Map<String, Instant> before = new ConcurrentHashMap<>();

    /// The repositories that this daemon itself has looked at.
    private final Set<String> looked = ConcurrentHashMap.newKeySet();

    Sightings(Store store, Watched repositories, Announcer announcer, InstantSource clock) {
        this.store = store;
        this.repositories = repositories;
        this.announcer = announcer;
        this.clock = clock;
        this.complaints = new Complaints(clock);
        store.repositories().all().forEach(it -> before.put(it.name(), it.checkedAt()));
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
        looked.add(repository.name());
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
        // With the settings that it was read with: what was accepted stays known.
        var before = store.repositories().get(repository.name());
        keep(
                repository,
                before.flatMap(RepositoryState::head),
                before.map(RepositoryState::settings).orElse(repository.fingerprint()),
                condition,
                detail);
    }

    /// Whether what a plan was made from was looked at since this daemon began, on whichever node,
    /// and could be read.
    boolean isUpToDate(Provenance provenance) {
        if (provenance.equals(Provenance.NONE)) return true;
        var name = provenance.repository();
        return repositories
                .named(name)
                .flatMap(it -> store.repositories().get(name).filter(state -> isRead(it, state)))
                .filter(it -> looked.contains(name) || !it.checkedAt().equals(before.get(name)))
                .isPresent();
    }

    private static boolean isRead(Repository repository, RepositoryState state) {
        return state.condition() == Condition.OK
                && state.settings().equals(repository.fingerprint());
    }

    /// What can't be read is told when it begins, in each way that it fails, and then seldom; also
    /// to who has just started the daemon.
    private boolean isToBeTold(RepositoryState state, boolean changed) {
        var fine = state.condition() == Condition.OK && state.detail().isEmpty();
        if (fine) return complaints.isOver(state.name()) || changed;
        var why = state.condition() + state.detail().orElse("");
        return complaints.isDue(state.name(), why);
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
        var changed = !same.map(RepositoryState::detail).equals(Optional.of(state.detail()));
        if (isToBeTold(state, changed)) announcer.repository(state);
        if (changed) {
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
