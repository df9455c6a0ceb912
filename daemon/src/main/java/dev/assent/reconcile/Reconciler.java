package dev.assent.reconcile;

import dev.assent.apply.Applier;
import dev.assent.approval.Consent;
import dev.assent.manifest.Manifest;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.plan.Planner;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestFile;
import dev.assent.source.Poll;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.state.Assent;
import dev.assent.state.Decision;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import dev.assent.state.Verdict;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The pipeline: poll → read → check → plan → approve → apply → record → announce. All of it is in
/// this file; what a stage does stands on the floors beneath.
public final class Reconciler implements AutoCloseable {

    private final Store store;
    private final GitSource source;
    private final ManifestReader manifests;
    private final ApplicationSettings settings;
    private final List<Repository> repositories;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Applies applies;

    public Reconciler(
            Store store,
            GitSource source,
            ManifestReader manifests,
            ApplicationSettings settings,
            List<Repository> repositories,
            InstantSource clock) {
        this.store = store;
        this.source = source;
        this.manifests = manifests;
        this.settings = settings;
        this.repositories = List.copyOf(repositories);
        this.announcer = new Announcer();
        this.clock = clock;
        this.applies = new Applies(new Applier(store, settings::provider), this::planAgain);
    }

    // poll

    /// Looks at a repository and takes what changed through the pipeline, up to the proposal.
    ///
    /// @return whether the repository could be read as it should
    public boolean poll(Repository repository) {
        var before = store.repositories().get(repository.name());
        var lastHead =
                before.filter(it -> it.settings().equals(repository.fingerprint()))
                        .flatMap(RepositoryState::head);
        try {
            return switch (source.poll(repository, lastHead)) {
                case Poll.Unchanged() ->
                        saw(repository, before, lastHead, RepositoryState.Condition.OK, "");
                case Poll.Moved(var head, var changed, var gone) -> {
                    changed.forEach(it -> read(repository, it));
                    gone.forEach(it -> gone(repository, it, head));
                    // Written last: after a crash in between, the same files are read once more.
                    yield saw(
                            repository,
                            before,
                            Optional.of(head),
                            RepositoryState.Condition.OK,
                            "");
                }
                case Poll.Empty() ->
                        saw(
                                repository,
                                before,
                                lastHead,
                                RepositoryState.Condition.EMPTY,
                                "the repository has no commit yet; push one");
                case Poll.BranchGone() ->
                        saw(
                                repository,
                                before,
                                lastHead,
                                RepositoryState.Condition.BRANCH_GONE,
                                "there is no branch "
                                        + repository.branch()
                                        + "; push it, or name another in the configuration");
            };
        } catch (SourceException e) {
            return saw(
                    repository,
                    before,
                    lastHead,
                    RepositoryState.Condition.UNREACHABLE,
                    String.valueOf(e.getMessage()));
        }
    }

    private boolean saw(
            Repository repository,
            Optional<RepositoryState> before,
            Optional<String> head,
            RepositoryState.Condition condition,
            String detail) {
        var now = clock.instant();
        var state =
                new RepositoryState(
                        repository.name(),
                        head,
                        repository.fingerprint(),
                        condition,
                        Optional.of(detail).filter(it -> !it.isEmpty()),
                        before.filter(it -> it.condition() == condition)
                                .map(RepositoryState::since)
                                .orElse(now),
                        now);
        store.repositories().put(state);
        if (!before.map(RepositoryState::condition).equals(Optional.of(condition))) {
            announcer.repository(state);
        }
        return condition == RepositoryState.Condition.OK;
    }

    // read and check

    private void read(Repository repository, ManifestFile file) {
        var provenance = new Provenance(repository.name(), file.path(), file.commit());
        switch (manifests.read(file.path(), file.bytes(), repository.environments())) {
            case Reading.Valid(var manifest, var warnings) -> {
                for (var environment : repository.environments()) {
                    var application = new ApplicationName(file.app(), environment);
                    if (isNothing(manifest, application)) continue;
                    note(application, provenance, Condition.VALID, warnings);
                    propose(manifest.desired(application), provenance);
                }
            }
            case Reading.Invalid(var problems) -> {
                for (var environment : repository.environments()) {
                    var application = new ApplicationName(file.app(), environment);
                    note(application, provenance, Condition.INVALID, problems);
                }
                announcer.invalid(provenance, problems);
            }
        }
    }

    /// Whether a manifest says nothing of an application of which nothing exists either.
    private boolean isNothing(Manifest manifest, ApplicationName application) {
        return manifest.desired(application).groups().isEmpty()
                && store.records().of(application).neverBuilt()
                && store.manifests().get(application).isEmpty();
    }

    private void gone(Repository repository, Poll.Gone file, String head) {
        var provenance = new Provenance(repository.name(), file.path(), head);
        for (var environment : repository.environments()) {
            var application = new ApplicationName(file.app(), environment);
            if (store.manifests().get(application).isEmpty()) continue;
            note(application, provenance, Condition.GONE, List.of());
            announcer.gone(application, provenance);
        }
    }

    private void note(
            ApplicationName application,
            Provenance provenance,
            Condition condition,
            List<Problem> problems) {
        store.manifests()
                .put(
                        new ManifestState(
                                application,
                                provenance,
                                condition,
                                problems.stream().map(ProblemText::of).toList(),
                                clock.instant()));
    }

    // plan

    private void propose(Desired desired, Provenance provenance) {
        var application = desired.application();
        while (true) {
            var plan =
                    Planner.plan(
                            desired,
                            store.records().of(application),
                            settings.provider(application).catalogue(),
                            Optional.of(provenance.commit()));
            switch (store.plans().propose(plan, provenance)) {
                case NEW -> {
                    announcer.proposed(plan);
                    return;
                }
                case KNOWN, EMPTY -> {
                    return;
                }
                // Planned again at the end of the apply.
                case BUSY -> {
                    return;
                }
                case STALE -> {}
            }
        }
    }

    /// Plans an application anew from the manifest that was read last.
    private void planAgain(ApplicationName application) {
        var state = store.manifests().get(application);
        if (state.isEmpty() || state.get().condition() != Condition.VALID) return;
        var provenance = state.get().provenance();
        repositories.stream()
                .filter(it -> it.name().equals(provenance.repository()))
                .findFirst()
                .flatMap(it ->
                        source.read(it, provenance.commit(), application.app(), provenance.path()))
                .ifPresent(file -> {
                    var reading =
                            manifests.read(
                                    file.path(), file.bytes(), List.of(application.environment()));
                    if (reading instanceof Reading.Valid(var manifest, _)) {
                        propose(manifest.desired(application), provenance);
                    }
                });
    }

    // approve

    /// Says yes to a plan; where the application is configured so, starts it.
    public Decision approve(Yes yes) {
        var decision =
                store.plans()
                        .find(yes.plan())
                        .map(it -> store.plans().decide(it.digest(), plan -> judge(plan, yes)))
                        .orElseGet(() -> unknown(yes.plan()));
        if (decision instanceof Decision.Decided(var plan)) {
            announcer.decided(plan, yes.who());
            if (settings.startsOnApproval(plan.plan().application())) {
                return start(plan, yes.who());
            }
        }
        return decision;
    }

    private Verdict judge(StoredPlan plan, Yes yes) {
        var consent = new Consent(yes.digest(), yes.destroy(), yes.hold());
        return switch (consent.to(plan.plan())) {
            case Consent.Enough(var changes) ->
                    new Verdict.Approve(
                            new Assent(
                                    yes.who(),
                                    yes.channel(),
                                    clock.instant(),
                                    new TreeSet<>(changes)));
            case Consent.No(var why) -> new Verdict.Refuse(why);
        };
    }

    /// Says no to a plan; a commit that touches its manifest proposes it again.
    public Decision reject(String plan, String who, String channel, String reason) {
        var verdict = new Verdict.Reject(who, channel, reason);
        var decision =
                store.plans()
                        .find(plan)
                        .map(it -> store.plans().decide(it.digest(), _ -> verdict))
                        .orElseGet(() -> unknown(plan));
        if (decision instanceof Decision.Decided(var rejected)) announcer.rejected(rejected, who);
        return decision;
    }

    private static Decision unknown(String plan) {
        return new Decision.Refused("there is no plan " + plan + "; assent plans lists them");
    }

    // apply and record

    /// Starts an approved plan or resumes a failed one; the work goes on in the background.
    public Decision apply(String plan, String who) {
        return store.plans().find(plan).map(it -> start(it, who)).orElseGet(() -> unknown(plan));
    }

    private Decision start(StoredPlan plan, String who) {
        return switch (store.plans().start(plan.digest(), who)) {
            case Start.Started(var approval) -> {
                applies.start(approval);
                yield new Decision.Decided(
                        store.plans().find(plan.digest().toString()).orElse(plan));
            }
            case Start.Refused(var why) -> new Decision.Refused(why);
        };
    }

    /// Goes on where an earlier life of the daemon stopped: with plans that were being applied, and
    /// with those that were approved and not yet started.
    public void resume() {
        for (var approval : store.plans().interrupted()) {
            announcer.resumed(approval);
            applies.start(approval);
        }
        for (var plan : store.plans().open()) {
            if (plan.state() == PlanState.APPROVED
                    && settings.startsOnApproval(plan.plan().application())) {
                start(plan, "assent");
            }
        }
    }

    @Override
    public void close() {
        applies.close();
    }
}
