package dev.assent.reconcile;

import dev.assent.apply.Applier;
import dev.assent.apply.Doubt;
import dev.assent.approval.Matter;
import dev.assent.approval.Speaker;
import dev.assent.log.About;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.model.Secret;
import dev.assent.observation.Observation;
import dev.assent.observation.Observer;
import dev.assent.observation.Stopwatch;
import dev.assent.plan.Digest;
import dev.assent.plan.Request;
import dev.assent.source.GitSource;
import dev.assent.source.HeadPattern;
import dev.assent.source.ManifestSource;
import dev.assent.source.Poll;
import dev.assent.source.Repository;
import dev.assent.source.SignedObjects;
import dev.assent.source.SignedSource;
import dev.assent.source.SourceException;
import dev.assent.source.Watched;
import dev.assent.source.signature.Signers;
import dev.assent.state.Asked;
import dev.assent.state.Decision;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.RepositoryState;
import dev.assent.state.Resolution;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pipeline: poll → read → check → plan → approve → apply → record → announce. All of it is in
/// this file; what a stage does stands beside it and on the floors beneath.
public final class Reconciler implements AutoCloseable, Decider {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /// How long planning anew waits for others that do so.
    private static final Duration COURTESY = Duration.ofMillis(200);

    private final Store store;
    private final ManifestSource source;
    private final Declarations declarations;
    private final Requests requests;
    private final PlanningTurn turn;
    private final Proposing proposing;
    private final BranchReading branches;
    private final DriftWatch drift;
    private final ApplicationSettings settings;
    private final AheadOfBranch ahead;
    private final HeadPlans heads;
    private final Reviews reviews;
    private final Announcer announcer = new Announcer();
    private final Sightings sightings;
    private final SignedSource signed;
    private final SignedYeses signedYeses;
    private final InstantSource clock;
    private final Judge judge;
    private final Applies applies;
    private final Semaphore planningAgain = new Semaphore(1, true);
    private final Resolutions resolutions;
    private final Observer observer;
    private volatile Runnable whenApplied = () -> {};

    /// Whether this node does what one node does for all.
    private volatile BooleanSupplier duty = () -> true;

    /// Whether others poll and apply, too.
    private volatile boolean shared;

    /// What is still to be planned anew, since it could not be read.
    private final Set<ApplicationName> owed = ConcurrentHashMap.newKeySet();

    /// Plans that nobody in this process seemed to apply at the last look.
    private Set<Digest> strays = Set.of();

    /// One whose repositories have no forge.
    public Reconciler(
            Store store,
            GitSource source,
            ManifestReader manifests,
            ApplicationSettings settings,
            Watched repositories,
            InstantSource clock) {
        this(
                store,
                source,
                manifests,
                settings,
                repositories,
                new SignedObjects(source, () -> Signers.NONE),
                Reviews.NONE,
                clock,
                Observer.NOBODY);
    }

    /// One whose repositories may have forges.
    ///
    /// @param signed what is known of those who sign
    /// @param observer is told of what is done
    public Reconciler(
            Store store,
            ManifestSource source,
            ManifestReader manifests,
            ApplicationSettings settings,
            Watched repositories,
            SignedSource signed,
            Reviews reviews,
            InstantSource clock,
            Observer observer) {
        this(
                store,
                source,
                manifests,
                settings,
                repositories,
                signed,
                reviews,
                clock,
                observer,
                Applies.threads());
    }

    /// The same, with threads of somebody's own for what is applied.
    public Reconciler(
            Store store,
            ManifestSource source,
            ManifestReader manifests,
            ApplicationSettings settings,
            Watched repositories,
            SignedSource signed,
            Reviews reviews,
            InstantSource clock,
            Observer observer,
            ExecutorService threads) {
        this.observer = observer;
        this.store = store;
        this.source = source;
        this.reviews = reviews;
        this.declarations = new Declarations(store, source, manifests, repositories);
        var planning = new Planning(store, settings);
        this.requests = new Requests(store, planning, announcer);
        this.drift = new DriftWatch(store, announcer);
        this.settings = settings;
        var owners = new Owners(store, repositories);
        this.ahead = new AheadOfBranch(store, source, manifests, repositories);
        this.turn = new PlanningTurn(store);
        this.heads =
                new HeadPlans(
                        store,
                        source,
                        manifests,
                        planning,
                        owners,
                        signed,
                        ahead,
                        repositories,
                        clock,
                        turn);
        this.proposing = new Proposing(store, planning, requests, ahead, announcer, clock, turn);
        this.sightings = new Sightings(store, repositories, announcer, clock);
        this.branches =
                new BranchReading(
                        store, source, manifests, owners, sightings, turn, proposing, announcer);
        this.signed = signed;
        this.signedYeses = new SignedYeses(store, signed, this, announcer, clock);
        this.clock = clock;
        this.judge = new Judge(settings, clock);
        this.applies =
                new Applies(
                        new Applier(store, settings.providers(), observer),
                        store.journal()::isUnderWay,
                        this::applied,
                        threads);
        this.resolutions = new Resolutions(store, settings, applies::start);
    }

    /// Calls `look` whenever a plan's application has ended: what was found may be mended.
    public void whenApplied(Runnable look) {
        this.whenApplied = look;
    }

    /// Has what one node does for all done by one of several that share the record.
    public void share(BooleanSupplier duty) {
        this.duty = duty;
        this.shared = true;
    }

    // poll

    /// Looks at a repository and takes what changed through the pipeline, up to the proposal.
    ///
    /// @return whether the repository could be read as it should
    public boolean poll(Repository repository) {
        try (var _ = Traces.begin(Stage.POLL, About.repository(repository.name()))) {
            return pollOnce(repository);
        }
    }

    private boolean pollOnce(Repository repository) {
        var watch = Stopwatch.start();
        var result = "error";
        try {
            var healthy = look(repository);
            result = sightings.condition(repository);
            return healthy;
        } finally {
            observer.saw(new Observation.Polled(repository.name(), result, watch.time()));
        }
    }

    private boolean look(Repository repository) {
        var lastHead = sightings.lastHead(repository);
        try {
            var open = reviews.open(repository);
            var watch = Stopwatch.start();
            var look = source.look(repository, lastHead, beside(repository, open));
            observer.saw(new Observation.Fetched(repository.name(), watch.time()));
            var accepted = sightings.accepted(repository);
            var poll = signed.accepted(repository, accepted, look.branch());
            switch (poll) {
                case Poll.Unchanged() -> sightings.read(repository, lastHead, "");
                case Poll.Moved moved -> {
                    var taken = branches.read(repository, lastHead, moved);
                    // Their plans are made now; and they are heard even after a crash before the
                    // next line.
                    signedYeses.commits(repository, accepted, moved.head(), repository.branch());
                    // Written last: after a crash in between, the same files are read once more.
                    // What belongs to another repository is looked at until that lets go of it.
                    var head = taken.isEmpty() ? Optional.of(moved.head()) : lastHead;
                    sightings.read(repository, head, String.join("; ", taken));
                }
                case Poll.Unsigned(_, _, var why) -> {
                    signedYeses.tags(repository);
                    sightings.failed(repository, RepositoryState.Condition.UNSIGNED, why);
                }
                case Poll.Empty() -> {
                    var what = "the repository has no commit yet; push one";
                    sightings.failed(repository, RepositoryState.Condition.EMPTY, what);
                    return false;
                }
                case Poll.BranchGone() -> {
                    var what =
                            "there is no branch %s; push it, or name another in the configuration"
                                    .formatted(repository.branch());
                    sightings.failed(repository, RepositoryState.Condition.BRANCH_GONE, what);
                    return false;
                }
            }
            // Also where the branch is looked at once more, since another repository has its files.
            var branch =
                    poll instanceof Poll.Moved moved
                            ? Optional.of(moved.head())
                            : sightings.lastHead(repository);
            readHeads(repository, branch, look.heads(), open);
            signedYeses.tags(repository);
            reviews.listen(repository, this);
            startDue(it -> it.notBefore().isEmpty());
            return true;
        } catch (SourceException e) {
            var what = String.valueOf(e.getMessage());
            sightings.failed(repository, RepositoryState.Condition.UNREACHABLE, what);
            Traces.failed(what);
            return false;
        } catch (BranchReading.NotAllReadException _) {
            // What went wrong with which file is told.
            return false;
        }
    }

    // read and check: the branch itself is read by BranchReading

    /// Which refs beside the branch are looked at: the open pull requests', and those that the
    /// configuration names.
    private static List<HeadPattern> beside(
            Repository repository, Optional<Map<String, HeadDescription>> open) {
        var requests = open.stream().flatMap(it -> it.keySet().stream()).map(HeadPattern::exactly);
        return Stream.concat(requests, repository.heads().stream()).toList();
    }

    private void readHeads(
            Repository repository,
            Optional<String> branch,
            SortedMap<String, String> seen,
            Optional<Map<String, HeadDescription>> open) {
        if (branch.isEmpty()) return;
        heads.read(repository, branch.get(), seen, open.orElse(Map.of())).forEach(this::planAgain);
        signedYeses.beside(repository, branch.get(), seen);
    }

    // plan

    /// Makes a plan of what a person asks for. It waits for an assent like any other.
    public Decision ask(ApplicationName application, Request request, Speaker asker) {
        return ask(application, request, Optional.empty(), asker);
    }

    /// The same, with the password that a server which is to be adopted is entered with.
    Decision ask(
            ApplicationName application,
            Request request,
            Optional<Secret> password,
            Speaker asker) {
        var asked = new Asked(request, asker.who(), asker.person());
        while (true) {
            // Read without keeping others from planning: it may have to wait for Git.
            var view = declarations.view(application);
            if (view.trouble().isPresent()) return new Decision.Refused(view.trouble().get());
            var decision =
                    turn.exclusively(() ->
                            store.manifests().get(application).equals(view.manifest())
                                    ? Optional.of(requests.ask(asked, view.desired(), password))
                                    : Optional.<Decision>empty());
            if (decision.isPresent()) return decision.get();
        }
    }

    /// What was seen of the servers: what is not as it is recorded is told, and enters here as a
    /// plan that would mend it. Nothing is mended without a yes.
    public void seen(Lookout.View view) {
        if (duty.getAsBoolean()) drift.seen(view);
    }

    /// Plans an application anew, and proposes even what was rejected or has expired.
    ///
    /// @return a sentence that says why that cannot be; empty where it was done
    public Optional<String> planOnceMore(ApplicationName application) {
        var repairs = drift.planOnceMore(application);
        var view = declarations.view(application);
        if (view.trouble().isPresent()) return view.trouble();
        if (view.reading().isEmpty()) {
            if (repairs) return Optional.empty();
            return Optional.of(
                    "there is no manifest of %s to plan; see what is known: assent why %s"
                            .formatted(application, application));
        }
        proposing.plan(view, store.plans()::proposeAgain);
        return Optional.empty();
    }

    private void applied(ApplicationName application) {
        whenApplied.run();
        var mine = isMyTurnToPlanAgain();
        try {
            planAgain(application);
        } finally {
            if (mine) planningAgain.release();
        }
    }

    /// Where many plans end at once, their applications are planned anew one by one: for the plans
    /// that are still being applied somebody waits, and for this hardly anybody. Who takes long,
    /// since a Git server is slow, keeps no other for longer than that.
    private boolean isMyTurnToPlanAgain() {
        try {
            return planningAgain.tryAcquire(COURTESY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Plans an application anew from the manifest that was read last, and what was asked for.
    private void planAgain(ApplicationName application) {
        var view = declarations.view(application);
        if (view.trouble().isEmpty()) {
            if (shared) fetch(view);
            proposing.plan(view, store.plans()::propose);
        }
        if (shared && view.isUnreadable()) owed.add(application);
        else owed.remove(application);
        heads.planAgain(application);
    }

    /// Has what another node has polled read before anybody else has to wait for it.
    private void fetch(Declarations.View view) {
        view.manifest().ifPresent(it -> ahead.effective(view.application(), it.provenance()));
    }

    // approve

    /// Says yes to a plan; where it is the last one that was missing and the application is
    /// configured so, starts it.
    @Override
    public Decision approve(Yes yes) {
        return store.plans()
                .find(yes.plan())
                .map(it -> approve(it, yes))
                .orElseGet(() -> unknown(yes.plan()));
    }

    private Decision approve(StoredPlan asked, Yes yes) {
        try (var _ = Traces.begin(Stage.APPROVE, asked.about())) {
            return decide(asked, yes);
        }
    }

    private Decision decide(StoredPlan asked, Yes yes) {
        var who = yes.speaker().who();
        var begun =
                store.plans()
                        .decideAndStart(
                                asked.digest(),
                                who,
                                plan -> judge.yes(plan, yes),
                                plan -> beginsByItself(plan) && plan.notBefore().isEmpty(),
                                judge::start);
        var decision = begun.decision();
        if (decision instanceof Decision.Noted(var plan, var missing)) {
            announcer.noted(plan, who, missing);
        }
        if (decision instanceof Decision.Decided(var plan)) {
            announcer.decided(plan, who);
            observeDecision(plan, true);
            if (begun.start().isPresent()) return started(begun.start().get());
        }
        return decision;
    }

    /// Says no to a plan; a commit that touches its manifest proposes it again.
    @Override
    public Decision reject(String plan, Speaker speaker, String reason) {
        var decision =
                store.plans()
                        .find(plan)
                        .map(it ->
                                store.plans()
                                        .decide(
                                                it.digest(),
                                                stored -> judge.no(stored, speaker, reason)))
                        .orElseGet(() -> unknown(plan));
        if (decision instanceof Decision.Decided(var rejected)) {
            announcer.rejected(rejected, speaker.who());
            observeDecision(rejected, false);
        }
        return decision;
    }

    private void observeDecision(StoredPlan plan, boolean approved) {
        var waited = Duration.between(plan.proposedAt(), clock.instant());
        observer.saw(new Observation.Decided(approved, waited));
    }

    private static Decision unknown(String plan) {
        return new Decision.Refused("there is no plan " + plan + "; assent plans lists them");
    }

    // apply and record

    /// Starts an approved plan or resumes a failed one; the work goes on in the background.
    public Decision apply(String plan, String who) {
        return store.plans().find(plan).map(it -> start(it, who)).orElseGet(() -> unknown(plan));
    }

    private boolean beginsByItself(StoredPlan plan) {
        return switch (settings.beginning(plan.plan().application())) {
            case ON_APPROVAL -> true;
            case AFTER_MERGE -> Matter.of(plan).isMerged();
            case ON_COMMAND -> false;
        };
    }

    private Decision start(StoredPlan plan, String who) {
        return started(store.plans().start(plan.digest(), who, judge::start));
    }

    private Decision started(Start start) {
        return switch (start) {
            case Start.Started(var approval) -> {
                applies.start(approval);
                yield new Decision.Decided(approval.stored());
            }
            case Start.Refused(var why) -> new Decision.Refused(why);
        };
    }

    /// Goes on where an earlier life of the daemon stopped: with plans that were being applied, and
    /// with those that were approved and not yet started, as today's policy lets them. To be called
    /// before anybody can start a plan.
    public void resume() {
        store.plans().interrupted().forEach(it -> takeUp(it.digest()));
        judgeAnew();
    }

    /// Goes on with a plan that somebody was applying who is no more, be that an earlier life of
    /// this daemon or another one: whoever it was can write no more, what was begun and not ended
    /// is settled by asking the provider, and the rest is carried out.
    ///
    /// @return whether it was being applied
    public boolean takeUp(Digest plan) {
        var approval = store.plans().takeUp(plan);
        approval.ifPresent(it -> {
            announcer.resumed(it);
            applies.start(it);
        });
        return approval.isPresent();
    }

    /// Goes on with a plan as [#takeUp] does, where the node that was applying it is no more.
    void takeUpOrphaned(Digest plan) {
        store.plans()
                .takeUpOrphaned(plan)
                .ifPresent(it -> {
                    announcer.resumed(it);
                    applies.start(it);
                });
    }

    /// Goes on with plans that this node is to apply and has not at hand: whoever started one may
    /// never have learnt that it was written.
    void takeUpStrays() {
        var now =
                store.plans().ours().stream()
                        .filter(it -> !applies.isAtWork(it))
                        .collect(Collectors.toSet());
        now.stream().filter(strays::contains).forEach(this::takeUp);
        strays = now;
    }

    /// For which step a plan stands still, and what can be seen of that; empty where it does not.
    public Optional<Doubt> doubt(StoredPlan plan) {
        return resolutions.doubt(plan);
    }

    /// Has a plan that stands still go on with what a person made of its step.
    public Decision resolve(String plan, String step, Resolution resolution, String who) {
        return store.plans()
                .find(plan)
                .map(it -> resolutions.resolve(it, step, resolution, who))
                .orElseGet(() -> unknown(plan));
    }

    /// Asks that a plan which is being applied stops where it safely can; it can be resumed.
    public Decision cancel(String plan, String who) {
        return store.plans()
                .find(plan)
                .map(it -> resolutions.cancel(it, who))
                .orElseGet(() -> unknown(plan));
    }

    /// Has approved plans start when today's policy lets them.
    private void judgeAnew() {
        for (var plan : store.plans().open()) {
            if (plan.state() != PlanState.APPROVED) continue;
            var start = judge.anew(plan);
            store.plans().reschedule(plan.digest(), start.from(), start.why());
        }
        startDue(it -> it.notBefore().isEmpty());
    }

    /// Works by settings that are others than before: what was read and approved by the former ones
    /// is planned and judged anew, as after a start.
    public void settingsChanged() {
        judgeAnew();
        planAll();
    }

    /// Ends plans that nobody decided on in time, and starts approved ones whose time has come. One
    /// that waited to remove something starts only when its repository was looked at since this
    /// daemon began: it may have been thought better of. Goes on with what nobody is at.
    public void lookAfterPlans() {
        Set.copyOf(owed).forEach(this::planAtStart);
        // Where there are several nodes, that is looked for more often.
        if (!shared) takeUpStrays();
        if (!duty.getAsBoolean()) return;
        store.plans().expire(settings.planTtl());
        startDue(it -> it.notBefore().isEmpty() || sightings.isUpToDate(it.provenance()));
        reviews.tell();
    }

    @Override
    public void planOnceMore(HeadState head) {
        heads.planOnceMore(head);
    }

    private void startDue(Predicate<StoredPlan> which) {
        for (var plan : store.plans().due()) {
            if (!beginsByItself(plan) || !which.test(plan)) continue;
            try (var _ = plan.about().enter()) {
                startByItself(plan);
            }
        }
    }

    private void startByItself(StoredPlan plan) {
        try {
            start(plan, "assent");
        } catch (RuntimeException e) {
            LOG.error("{} could not be started: {}", plan.id(), e.getMessage(), e);
        }
    }

    /// Plans every application anew: for the planning that an earlier life owed to the end of an
    /// apply, and for what this one's catalogue has and that one's had not.
    public void planAll() {
        // What the branch does not know yet may be touched by heads all the same.
        var applications = new TreeSet<>(store.heads().touched());
        store.manifests().all().forEach(it -> applications.add(it.application()));
        for (var application : applications) {
            try (var _ = About.application(application).enter()) {
                planAtStart(application);
            }
        }
    }

    private void planAtStart(ApplicationName application) {
        try {
            planAgain(application);
        } catch (RuntimeException e) {
            LOG.warn("{} is not planned anew: {}", application, e.getMessage());
        }
    }

    @Override
    public void close() {
        applies.close();
    }
}
