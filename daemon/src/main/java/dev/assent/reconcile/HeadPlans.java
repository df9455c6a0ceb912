package dev.assent.reconcile;

import static java.util.stream.Collectors.toCollection;

import dev.assent.log.Complaints;
import dev.assent.manifest.Manifest;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.source.ManifestFile;
import dev.assent.source.ManifestSource;
import dev.assent.source.Merged;
import dev.assent.source.Repository;
import dev.assent.source.SignedSource;
import dev.assent.source.SourceException;
import dev.assent.source.Watched;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.Heads.Saying;
import dev.assent.state.Plans.Proposal;
import dev.assent.state.Provenance;
import dev.assent.state.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plans what heads beside a branch propose, pull requests above all: each as if it were merged
/// into the branch as that stands, and into what other heads have had applied already.
final class HeadPlans {

    private static final Logger LOG = LoggerFactory.getLogger(HeadPlans.class);

    private static final String UNREADABLE =
            "it could not be planned, which the daemon's log tells of; it is tried again";

    private final Store store;
    private final Complaints complaints = new Complaints();
    private final ManifestSource source;
    private final ManifestReader manifests;
    private final Planning planning;
    private final Owners owners;
    private final SignedSource signed;
    private final AheadOfBranch ahead;
    private final Watched repositories;
    private final InstantSource clock;
    private final PlanningTurn turn;

    HeadPlans(
            Store store,
            ManifestSource source,
            ManifestReader manifests,
            Planning planning,
            Owners owners,
            SignedSource signed,
            AheadOfBranch ahead,
            Watched repositories,
            InstantSource clock,
            PlanningTurn turn) {
        this.store = store;
        this.source = source;
        this.manifests = manifests;
        this.planning = planning;
        this.owners = owners;
        this.signed = signed;
        this.ahead = ahead;
        this.repositories = repositories;
        this.clock = clock;
        this.turn = turn;
    }

    /// A head that has been looked at and not been planned yet.
    ///
    /// @param moved whether it stands elsewhere than at the last look
    private record Seen(HeadState state, Merged merged, boolean moved) {}

    /// Plans the heads that moved, or whose branch did, and forgets those that are gone.
    ///
    /// @param branch the commit that the branch stands at
    /// @param heads the commit of each head, by ref
    /// @param known what is known of some of them
    /// @return the applications that have to be planned anew for the branch itself, since a head
    ///   that was ahead of it is gone
    Set<ApplicationName> read(
            Repository repository,
            String branch,
            SortedMap<String, String> heads,
            Map<String, HeadDescription> known) {
        var left = new TreeSet<ApplicationName>();
        for (var head : store.heads().of(repository.name())) {
            if (!heads.containsKey(head.ref())) left.addAll(gone(head));
        }
        var seen = new ArrayList<Seen>();
        heads.forEach((ref, commit) -> {
            var description = known.getOrDefault(ref, HeadDescription.of(ref));
            try {
                look(repository, branch, ref, commit, description).ifPresent(seen::add);
                complaints.isOver(repository.name() + ref);
            } catch (SourceException e) {
                // One head that can't be read keeps nobody from the others; it is tried again.
                if (complaints.isDue(repository.name() + ref, String.valueOf(e.getMessage()))) {
                    LOG.warn("{} is not planned: {}", description.name(), e.getMessage());
                }
                store.heads()
                        .find(repository.name(), ref)
                        .filter(it -> !it.commit().equals(commit))
                        .ifPresent(it -> store.heads().put(it.unreadable(UNREADABLE), Set.of()));
            }
        });
        if (seen.isEmpty()) return left;
        turn.run(() -> {
            for (var it : seen) {
                try {
                    plan(repository, it);
                } catch (RuntimeException e) {
                    LOG.error("{} could not be planned", it.state().name(), e);
                    tryAgain(it);
                }
            }
        });
        return left;
    }

    /// What a head said at another commit does not count any more.
    private void tryAgain(Seen seen) {
        if (seen.moved()) {
            store.heads().put(seen.state().unreadable(UNREADABLE), Set.of());
        } else {
            store.heads().unread(seen.state());
        }
    }

    private Set<ApplicationName> gone(HeadState head) {
        var ahead = new TreeSet<ApplicationName>();
        turn.run(() -> {
            store.heads().plans(head).stream()
                    .filter(it -> it.applied().isPresent())
                    .map(HeadPlan::application)
                    .forEach(ahead::add);
            store.heads().gone(head);
        });
        return ahead;
    }

    /// Merges a head in memory; empty where nothing about it has changed.
    private Optional<Seen> look(
            Repository repository,
            String branch,
            String ref,
            String commit,
            HeadDescription description) {
        var before = store.heads().find(repository.name(), ref);
        if (before.isPresent() && isSame(before.get(), repository, commit, branch, description)) {
            return Optional.empty();
        }
        var merged = merged(repository, branch, commit);
        var state =
                switch (merged) {
                    case Merged.Contained() -> HeadState.Condition.MERGED;
                    case Merged.Conflict _ -> HeadState.Condition.CONFLICT;
                    case Merged.Clean _ -> HeadState.Condition.PLANNED;
                };
        var detail =
                merged instanceof Merged.Conflict(var why)
                        ? Optional.of(why)
                        : Optional.<String>empty();
        return Optional.of(
                new Seen(
                        new HeadState(
                                repository.name(),
                                ref,
                                description.name(),
                                commit,
                                branch,
                                repository.fingerprint(),
                                state,
                                detail,
                                description.foreign(),
                                description.number(),
                                description.title(),
                                description.author(),
                                description.url(),
                                clock.instant()),
                        merged,
                        !before.map(HeadState::commit).equals(Optional.of(commit))));
    }

    private boolean isSame(
            HeadState before,
            Repository repository,
            String commit,
            String branch,
            HeadDescription description) {
        return before.commit().equals(commit)
                && before.branchCommit().equals(branch)
                && before.settings().equals(repository.fingerprint())
                && before.foreign() == description.foreign()
                && before.title().equals(description.title())
                && before.author().equals(description.author());
    }

    private Merged merged(Repository repository, String branch, String commit) {
        var unsigned =
                repository
                        .signedCommits()
                        .flatMap(it -> signed.refused(repository, it, Optional.of(branch), commit));
        if (unsigned.isPresent()) return new Merged.Conflict(unsigned.get().why());
        return source.merged(repository, branch, List.of(commit));
    }

    private static SortedSet<String> apps(Merged.Clean clean) {
        var apps =
                clean.changed().stream().map(ManifestFile::app).collect(toCollection(TreeSet::new));
        clean.gone().forEach(it -> apps.add(it.app()));
        return apps;
    }

    private void plan(Repository repository, Seen seen) {
        var head = seen.state();
        switch (seen.merged()) {
            case Merged.Contained _, Merged.Conflict _ -> store.heads().put(head, Set.of());
            case Merged.Clean clean -> {
                var touched =
                        apps(clean).stream()
                                .flatMap(app ->
                                        repository.environments().stream()
                                                .map(it -> new ApplicationName(app, it)))
                                .collect(Collectors.toSet());
                store.heads().put(head, touched);
                for (var file : clean.changed()) {
                    var reading =
                            manifests.read(file.path(), file.bytes(), repository.environments());
                    for (var environment : repository.environments()) {
                        var application = new ApplicationName(file.app(), environment);
                        var others = ahead.others(application, repository, head.ref());
                        if (others.isEmpty()) {
                            var authors = clean.authors();
                            propose(repository, head, application, file, reading, authors, false);
                        } else {
                            var behind = behind(repository, head, application);
                            propose(repository, head, application, behind, false);
                        }
                    }
                }
                for (var file : clean.gone()) {
                    for (var environment : repository.environments()) {
                        var application = new ApplicationName(file.app(), environment);
                        var remark = file.path() + " goes; what was built stays";
                        var saying = saying(head, application, file.path(), List.of(remark));
                        store.heads().note(saying, HeadPlan.Condition.NOTHING);
                    }
                }
            }
        }
    }

    private void propose(
            Repository repository,
            HeadState head,
            ApplicationName application,
            ManifestFile file,
            Reading reading,
            Set<String> authors,
            boolean anew) {
        var elsewhere = owners.other(repository, application.app());
        if (elsewhere.isPresent()) {
            var saying = saying(head, application, file.path(), List.of(elsewhere.get()));
            store.heads().note(saying, HeadPlan.Condition.ELSEWHERE);
            return;
        }
        switch (reading) {
            case Reading.Invalid(var problems) ->
                    store.heads()
                            .note(
                                    saying(head, application, file.path(), Remarks.of(problems)),
                                    HeadPlan.Condition.INVALID);
            case Reading.Valid valid -> propose(head, application, file, valid, authors, anew);
        }
    }

    private void propose(
            HeadState head,
            ApplicationName application,
            ManifestFile file,
            Reading.Valid reading,
            Set<String> authors,
            boolean anew) {
        if (isNothing(reading.manifest(), application)) return;
        while (true) {
            var plan = planning.trial(reading.manifest().desired(application), file.commit());
            var saying =
                    new Saying(
                            head.repository(),
                            head.ref(),
                            application,
                            file.path(),
                            Remarks.of(reading.warnings(), plan),
                            authors(head, application, authors));
            var provenance = new Provenance(head.repository(), file.path(), file.commit());
            var proposal = store.heads().propose(plan, provenance, saying, anew);
            if (proposal != Proposal.STALE) return;
        }
    }

    /// Whether a manifest says nothing of an application of which nothing exists either.
    private boolean isNothing(Manifest manifest, ApplicationName application) {
        return manifest.desired(application).groups().isEmpty()
                && store.records().of(application).neverBuilt()
                && store.manifests().get(application).isEmpty();
    }

    /// What was pushed to the branch and is not so yet is in the plan as well.
    private Set<String> authors(HeadState head, ApplicationName application, Set<String> made) {
        var authors = new TreeSet<>(made);
        authors.addAll(store.manifests().authors(application));
        if (!head.author().isEmpty()) authors.add(head.author());
        return authors;
    }

    private static Saying saying(
            HeadState head, ApplicationName application, String path, List<String> remarks) {
        return new Saying(head.repository(), head.ref(), application, path, remarks, Set.of());
    }

    /// Plans the heads that touch an application anew, since its record has moved or may have.
    void planAgain(ApplicationName application) {
        for (var head : store.heads().touching(application)) {
            try {
                planAgain(head, application, false);
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} is not planned anew for {}: {}",
                        head.name(),
                        application,
                        e.getMessage());
            }
        }
    }

    /// Plans a head anew for all that it touches, and proposes even what was rejected or has
    /// expired.
    void planOnceMore(HeadState head) {
        for (var plan : store.heads().plans(head)) planAgain(head, plan.application(), true);
    }

    private void planAgain(HeadState head, ApplicationName application, boolean anew) {
        var repository = repositories.named(head.repository());
        if (repository.isEmpty() || head.condition() != HeadState.Condition.PLANNED) return;
        var merged = behind(repository.get(), head, application);
        turn.run(() -> {
            // A poll that read a newer head meanwhile has planned that one.
            var now = store.heads().find(head.repository(), head.ref());
            if (!now.equals(Optional.of(head))) return;
            propose(repository.get(), head, application, merged, anew);
        });
    }

    /// A head as if merged into the branch, and into what others have had applied already.
    private Merged behind(Repository repository, HeadState head, ApplicationName application) {
        var others = ahead.others(application, repository, head.ref());
        return ahead.behind(
                others, repository, head.branchCommit(), head.commit(), application.app());
    }

    private void propose(
            Repository repository,
            HeadState head,
            ApplicationName application,
            Merged merged,
            boolean anew) {
        switch (merged) {
            case Merged.Clean clean when !clean.changed().isEmpty() -> {
                var file = clean.changed().getFirst();
                var reading = manifests.read(file.path(), file.bytes(), repository.environments());
                propose(repository, head, application, file, reading, clean.authors(), anew);
            }
            case Merged.Conflict(var why) -> {
                var saying = saying(head, application, "", List.of(why));
                store.heads().note(saying, HeadPlan.Condition.INVALID);
            }
            case Merged.Clean _, Merged.Contained _ -> {
                var saying = saying(head, application, "", List.of());
                store.heads().note(saying, HeadPlan.Condition.NOTHING);
            }
        }
    }
}
