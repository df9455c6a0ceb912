package dev.assent.reconcile;

import static java.util.stream.Gatherers.windowFixed;

import dev.assent.log.About;
import dev.assent.manifest.Manifest;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.source.ManifestFile;
import dev.assent.source.ManifestSource;
import dev.assent.source.Poll;
import dev.assent.source.Repository;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.Provenance;
import dev.assent.state.Store;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what has changed on a branch through the pipeline: reads and checks the files, and has
/// their plans proposed.
final class BranchReading {

    private static final Logger LOG = LoggerFactory.getLogger(BranchReading.class);

    /// How many files' plans are written at one stroke: enough that the disk is no longer what is
    /// waited for, few enough that a person who decides meanwhile hardly waits.
    private static final int AT_ONCE = 256;

    private final Store store;
    private final ManifestSource source;
    private final ManifestReader manifests;
    private final Owners owners;
    private final Sightings sightings;
    private final PlanningTurn turn;
    private final Proposing proposing;
    private final Announcer announcer;

    BranchReading(
            Store store,
            ManifestSource source,
            ManifestReader manifests,
            Owners owners,
            Sightings sightings,
            PlanningTurn turn,
            Proposing proposing,
            Announcer announcer) {
        this.store = store;
        this.source = source;
        this.manifests = manifests;
        this.owners = owners;
        this.sightings = sightings;
        this.turn = turn;
        this.proposing = proposing;
        this.announcer = announcer;
    }

    /// Reads what changed: some files at once, by all cores, whose plans are then written at one
    /// stroke. A file that can't be dealt with stops no other; but then the commit counts as not
    /// read, and all of its files are read again at the next poll.
    ///
    /// @param since where the branch was read last
    /// @return what was not read since its application belongs to another repository, a sentence
    ///   each
    SortedSet<String> read(Repository repository, Optional<String> since, Poll.Moved moved) {
        Traces.isOf(repository.name(), moved.head());
        try (var _ = About.repository(repository.name()).commit(moved.head()).enter()) {
            return readAll(repository, since, moved);
        }
    }

    private SortedSet<String> readAll(
            Repository repository, Optional<String> since, Poll.Moved moved) {
        var paths = moved.changed().stream().map(ManifestFile::path).toList();
        var authors = source.authors(repository, since, moved.head(), paths);
        var failures = 0;
        var taken = new TreeSet<String>();
        for (var some : moved.changed().stream().gather(windowFixed(AT_ONCE)).toList()) {
            var files = readTogether(repository, some);
            var news = new ArrayList<Runnable>();
            failures +=
                    turn.exclusively(() -> {
                        // Another node has taken its place, and may have read newer commits.
                        if (!sightings.lastHead(repository).equals(since))
                            throw new NotAllReadException();
                        var failed = 0;
                        for (var file : files) {
                            try {
                                take(repository, file, authors, news).ifPresent(taken::add);
                            } catch (RuntimeException e) {
                                LOG.error("{} could not be planned: {}", file, e.getMessage(), e);
                                failed++;
                            }
                        }
                        return failed;
                    });
            // Told when it is so.
            announce(news);
        }
        for (var file : moved.gone()) {
            try {
                gone(repository, file, moved.head());
            } catch (RuntimeException e) {
                LOG.error("{} is gone, which could not be noted: {}", file, e.getMessage(), e);
                failures++;
            }
        }
        if (failures > 0) throw new NotAllReadException();
        return taken;
    }

    /// Some files could not be dealt with, and that is told of each.
    static final class NotAllReadException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private List<FileRead> readTogether(Repository repository, List<ManifestFile> files) {
        try (var _ = Traces.begin(Stage.READ, About.repository(repository.name()))) {
            return files.parallelStream().map(it -> FileRead.of(it, reading(repository))).toList();
        }
    }

    private static void announce(List<Runnable> news) {
        if (news.isEmpty()) return;
        try (var _ = Traces.begin(Stage.ANNOUNCE, About.NOTHING)) {
            news.forEach(Runnable::run);
        }
    }

    private Function<ManifestFile, Reading> reading(Repository repository) {
        return it -> manifests.read(it.path(), it.bytes(), repository.environments());
    }

    private Optional<String> take(
            Repository repository,
            FileRead read,
            Map<String, SortedSet<String>> authors,
            List<Runnable> news) {
        var owner = owners.other(repository, read.file().app());
        if (owner.isEmpty()) {
            var made = authors.getOrDefault(read.file().path(), Collections.emptySortedSet());
            news.add(note(repository, read.file(), made, read.reading().get()));
        }
        return owner.map(it -> read.file().path() + " is not planned: " + it);
    }

    /// Notes what a manifest says, and proposes what is to be done.
    ///
    /// @param authors who changed it
    /// @return tells people of it
    private Runnable note(
            Repository repository, ManifestFile file, Set<String> authors, Reading reading) {
        var provenance = new Provenance(repository.name(), file.path(), file.commit());
        var applications =
                repository.environments().stream()
                        .map(it -> new ApplicationName(file.app(), it))
                        .toList();
        applications.forEach(it -> store.manifests().authored(it, authors));
        return switch (reading) {
            case Reading.Valid(var manifest, var warnings) -> {
                var news = new ArrayList<Runnable>();
                for (var application : applications) {
                    if (isNothing(manifest, application)) continue;
                    news.add(
                            proposing.propose(manifest.desired(application), warnings, provenance));
                }
                yield () -> news.forEach(Runnable::run);
            }
            case Reading.Invalid(var problems) -> {
                for (var application : applications) {
                    proposing.note(
                            application, provenance, Condition.INVALID, Remarks.of(problems));
                }
                yield () -> announcer.invalid(provenance, problems);
            }
        };
    }

    /// Whether a manifest says nothing of an application of which nothing exists either.
    private boolean isNothing(Manifest manifest, ApplicationName application) {
        return manifest.desired(application).groups().isEmpty()
                && store.records().of(application).neverBuilt()
                && store.manifests().get(application).isEmpty();
    }

    /// What was built stays; what only waited for a yes is wanted by nobody any more.
    private void gone(Repository repository, Poll.Gone file, String head) {
        var provenance = new Provenance(repository.name(), file.path(), head);
        for (var environment : repository.environments()) {
            var application = new ApplicationName(file.app(), environment);
            if (turn.exclusively(() -> isGone(application, provenance))) {
                announcer.gone(application, provenance);
            }
        }
    }

    private boolean isGone(ApplicationName application, Provenance provenance) {
        var known = store.manifests().get(application).map(ManifestState::provenance);
        var ours = known.filter(it -> it.repository().equals(provenance.repository()));
        if (ours.isEmpty()) return false;
        proposing.note(application, provenance, Condition.GONE, List.of());
        proposing.nothing(new Desired(application, provenance.path(), List.of()));
        return true;
    }
}
