package dev.assent.apply;

import dev.assent.engine.EngineException;
import dev.assent.failpoint.Failpoint;
import dev.assent.log.About;
import dev.assent.observation.Observation.Applied;
import dev.assent.observation.Observation.Outcome;
import dev.assent.observation.Observation.Stepped;
import dev.assent.observation.Observer;
import dev.assent.observation.Stopwatch;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.state.Approval;
import dev.assent.state.Resolved;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries an approved plan out: change by change, step by step, each journalled before and after.
/// It takes nothing but an [Approval], and only the store makes one.
public final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Store store;
    private final Providers providers;
    private final Observer observer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Settlement settlement;

    public Applier(Store store, Providers providers, Observer observer) {
        this(store, providers, observer, Patience.USUAL);
    }

    /// @param patience with a provider that cannot tell what became of a step
    public Applier(Store store, Providers providers, Observer observer, Patience patience) {
        this.observer = observer;
        this.store = store;
        this.providers = providers;
        this.settlement = new Settlement(patience, stop);
    }

    /// Goes through the plan to its end, or to the first step that fails; the steps that an earlier
    /// attempt finished are not done again, and of one that it left in the middle its provider is
    /// asked what became of it. Returns when the outcome is written.
    public void apply(Approval approval) {
        try (var _ = Traces.begin(Stage.APPLY, approval.about())) {
            carryOut(approval);
        }
    }

    private void carryOut(Approval approval) {
        var application = approval.plan().application();
        var watch = Stopwatch.start();
        try (var _ = About.NOTHING.event("plan.applying").enter()) {
            LOG.info("{}: applying {}", application, approval.digest().id());
        }
        Failpoint.APPLY_BEFORE_PLAN.reached();
        // One provider for all of it: the settings may name another meanwhile.
        var steps = new Steps(approval, store, providers);
        for (var planned : approval.changes()) {
            var end = apply(approval, steps, planned);
            if (end.isEmpty()) continue;
            observer.saw(new Applied(end.get(), watch.time()));
            return;
        }
        try (var _ = Traces.begin(Stage.RECORD, About.NOTHING)) {
            Failpoint.APPLY_BEFORE_END.reached();
            store.plans().applied(approval);
            Failpoint.APPLY_AFTER_END.reached();
        }
        try (var _ = About.NOTHING.event("plan.applied").enter()) {
            LOG.info("{}: {} is applied", application, approval.digest().id());
        }
        observer.saw(new Applied(Outcome.APPLIED, watch.time()));
    }

    /// Lets the running steps end and starts no further one; the plans go on after the next start.
    public void stop() {
        stop.countDown();
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    /// @return how the whole plan ended here; empty where it goes on
    private Optional<Outcome> apply(Approval approval, Steps steps, PlannedChange planned) {
        var run = new Run(approval, steps, planned);
        try {
            return run.goThrough();
        } catch (OccupiedException e) {
            return Optional.of(unclear(approval, run.id, run.what, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            if (stopping()) {
                LOG.info("{} was interrupted; it goes on after the next start", run.what);
                return Optional.of(Outcome.INTERRUPTED);
            }
            failed(approval, steps, planned, run.id, run.what + " failed: " + e.getMessage(), e);
            return Optional.of(Outcome.FAILED);
        }
    }

    /// One change on its way.
    private final class Run {

        private final Approval approval;
        private final Steps steps;
        private final PlannedChange planned;

        /// The step that it is at, and what that does.
        private String id;

        private String what;

        Run(Approval approval, Steps steps, PlannedChange planned) {
            this.approval = approval;
            this.steps = steps;
            this.planned = planned;
            this.id = planned.id();
            this.what = planned.change().action() + " " + planned.change().group();
        }

        Optional<Outcome> goThrough() {
            var before = "before " + planned.id();
            var safe = true;
            var number = 0;
            for (var step : steps.of(planned)) {
                if (stopping()) return Optional.of(Outcome.INTERRUPTED);
                number++;
                id = planned.id() + "." + number;
                what = step.what();
                var end = take(step, safe ? Optional.of(before) : Optional.empty());
                if (end.isPresent()) return end;
                before = "after step " + id;
                safe = step.safe();
            }
            return Optional.empty();
        }

        /// @param safe where the plan would stop if it stopped here; empty where it must not
        private Optional<Outcome> take(Step step, Optional<String> safe) {
            var last = store.journal().last(approval, id);
            return switch (last.state()) {
                case DONE -> Optional.empty();
                case STARTED, UNKNOWN -> settle(step, safe);
                case NOT_STARTED, FAILED ->
                        last.resolved().isPresent()
                                ? asResolved(step, last.resolved().get(), safe)
                                : begin(step, safe);
            };
        }

        private Optional<Outcome> begin(Step step, Optional<String> safe) {
            var by = safe.flatMap(_ -> store.plans().cancelledBy(approval));
            if (by.isPresent()) {
                return Optional.of(cancelled(approval, steps, planned, by.get(), safe.get()));
            }
            run(approval, planned.change().action(), id, step);
            return Optional.empty();
        }

        private Optional<Outcome> asResolved(Step step, Resolved resolved, Optional<String> safe) {
            return switch (resolved.resolution()) {
                case RETRY -> begin(step, safe);
                // What was found to fit counts as this step's by now.
                case ADOPT -> settle(step, safe);
                case FAILED -> {
                    var why = "%s failed, as %s said".formatted(what, resolved.who());
                    failed(approval, steps, planned, id, why, new ProviderException(why));
                    yield Optional.of(Outcome.FAILED);
                }
            };
        }

        private Optional<Outcome> settle(Step step, Optional<String> safe) {
            var journal = store.journal();
            var settled =
                    settlement.of(
                            step,
                            approval.key(id),
                            steps.provider(),
                            it -> journal.progress(approval, id, it));
            if (settled.isEmpty()) return Optional.of(Outcome.INTERRUPTED);
            var evidence = settled.get().evidence();
            if (settled.get() instanceof Settled.Unclear) {
                return Optional.of(unclear(approval, id, what, evidence));
            }
            LOG.info("{} was interrupted, and its provider says: {}", what, evidence);
            journal.unknown(approval, id, "it was interrupted; its provider says: " + evidence);
            Failpoint.JOURNAL_AFTER_UNKNOWN.reached();
            return switch (settled.get()) {
                case Settled.Done _ -> {
                    journal.done(approval, id, what + ": " + evidence);
                    yield Optional.empty();
                }
                case Settled.NotStarted _ -> begin(step, safe);
                case Settled.Repeatable _, Settled.Unclear _ -> {
                    run(approval, planned.change().action(), id, step);
                    yield Optional.empty();
                }
            };
        }
    }

    private void run(Approval approval, String action, String id, Step step) {
        var journal = store.journal();
        try (var _ = Traces.begin(Stage.STEP, About.NOTHING.and(About.STEP, id))) {
            Failpoint.APPLY_BEFORE_STEP.reached(ProviderException::new);
            journal.started(approval, id, step.what());
            Failpoint.JOURNAL_AFTER_STARTED.reached(ProviderException::new);
            var result = work(approval, action, id, step);
            Failpoint.APPLY_AFTER_STEP.reached(ProviderException::new);
            // Recording is journalled in its own transaction; to say it twice would be noise.
            if (!journal.isDone(approval, id)) {
                journal.done(approval, id, step.what() + ": " + result);
            }
            Failpoint.JOURNAL_AFTER_DONE.reached(ProviderException::new);
        } catch (RuntimeException e) {
            Traces.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private String work(Approval approval, String action, String id, Step step) {
        var watch = Stopwatch.start();
        var succeeded = false;
        try {
            Progress progress = what -> store.journal().progress(approval, id, what);
            var result = step.doing().run(id, progress.of(approval.key(id)));
            succeeded = true;
            return result;
        } finally {
            // One that is broken off has not failed: it goes on.
            if (succeeded || !stopping()) {
                observer.saw(new Stepped(action, succeeded, watch.time()));
            }
        }
    }

    private Outcome unclear(Approval approval, String id, String what, String evidence) {
        var why =
                "nobody but you can tell what became of step %s (%s): %s"
                        .formatted(id, what, evidence);
        Traces.failed(why);
        try (var _ = About.NOTHING.and(About.STEP, id).event("plan.needs-decision").enter()) {
            LOG.error(
                    "{}: {}; decide: assent resolve {}",
                    approval.plan().application(),
                    why,
                    approval.digest().id());
        }
        store.plans().needsDecision(approval, id, why);
        return Outcome.UNCLEAR;
    }

    private Outcome cancelled(
            Approval approval, Steps steps, PlannedChange planned, String by, String where) {
        var id = approval.digest().id();
        var why =
                "cancelled by %s %s; resume it (assent apply %s) or reject it (assent reject %s)"
                        .formatted(by, where, id, id);
        try (var _ = About.NOTHING.event("plan.cancelled").enter()) {
            LOG.info("{}: {} is {}", approval.plan().application(), id, why);
        }
        store.plans().stopped(approval, why + undo(approval, steps, planned));
        return Outcome.CANCELLED;
    }

    private void failed(
            Approval approval,
            Steps steps,
            PlannedChange planned,
            String id,
            String why,
            RuntimeException cause) {
        Traces.failed(why);
        try (var _ = About.NOTHING.and(About.STEP, id).event("plan.failed").enter()) {
            if (isOutside(cause)) {
                LOG.error("{}: {}", approval.plan().application(), why);
            } else {
                LOG.error("{}: {}", approval.plan().application(), why, cause);
            }
        }
        store.journal().failed(approval, id, why);
        store.plans().failed(approval, why + undo(approval, steps, planned));
    }

    /// What is left behind is in no record. It is said where whoever decides about the plan reads
    /// it: once that is rejected, nobody else comes back to it.
    ///
    /// @return what is to be said besides
    private static String undo(Approval approval, Steps steps, PlannedChange planned) {
        try {
            Failpoint.APPLY_BEFORE_UNDO.reached(ProviderException::new);
            steps.undo(planned);
            Failpoint.APPLY_AFTER_UNDO.reached(ProviderException::new);
            return "";
        } catch (RuntimeException e) {
            LOG.error("what {} had built is left behind: {}", planned.id(), e.getMessage());
            return "; what %s had built is left behind: %s; to have it taken up again, resume the plan (assent apply %s)"
                    .formatted(planned.id(), e.getMessage(), approval.digest().id());
        }
    }

    /// Whether it is the world outside that refused, and not this program that is wrong: then where
    /// in the program that was is of no use to anybody.
    private static boolean isOutside(RuntimeException cause) {
        return cause instanceof ProviderException
                || cause instanceof EngineException
                || cause instanceof StateException;
    }
}
