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
import dev.assent.provider.ProviderException;
import dev.assent.state.Approval;
import dev.assent.state.Journal;
import dev.assent.state.Store;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries an approved plan out: change by change, step by step, each journalled before and after.
/// It takes nothing but an [Approval], and only the store makes one.
public final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Store store;
    private final Providers providers;
    private final Observer observer;
    private volatile boolean stopping;

    public Applier(Store store, Providers providers, Observer observer) {
        this.observer = observer;
        this.store = store;
        this.providers = providers;
    }

    /// Goes through the plan to its end, or to the first step that fails; the steps that an earlier
    /// attempt finished are not done again. Returns when the outcome is written.
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
        stopping = true;
    }

    /// @return how the whole plan ended here; empty where it goes on
    private Optional<Outcome> apply(Approval approval, Steps steps, PlannedChange planned) {
        var id = planned.id();
        var what = planned.change().action() + " " + planned.change().group();
        try {
            var number = 0;
            for (var step : steps.of(planned.change())) {
                if (stopping) return Optional.of(Outcome.INTERRUPTED);
                number++;
                id = planned.id() + "." + number;
                what = step.what();
                run(approval, planned.change().action(), id, step);
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            if (stopping) {
                LOG.info("{} was interrupted; it goes on after the next start", what);
                return Optional.of(Outcome.INTERRUPTED);
            }
            failed(approval, steps, planned, id, what + " failed: " + e.getMessage(), e);
            return Optional.of(Outcome.FAILED);
        }
    }

    private void run(Approval approval, String action, String id, Step step) {
        var journal = store.journal();
        if (journal.isDone(approval, id)) return;
        try (var _ = Traces.begin(Stage.STEP, About.NOTHING.and(About.STEP, id))) {
            run(approval, journal, action, id, step);
        }
    }

    private void run(Approval approval, Journal journal, String action, String id, Step step) {
        try {
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
            var result = step.work().run(id, what -> store.journal().progress(approval, id, what));
            succeeded = true;
            return result;
        } finally {
            // One that is broken off has not failed: it goes on.
            if (succeeded || !stopping) {
                observer.saw(new Stepped(action, succeeded, watch.time()));
            }
        }
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
        try {
            Failpoint.APPLY_BEFORE_UNDO.reached(ProviderException::new);
            steps.undo(planned);
            Failpoint.APPLY_AFTER_UNDO.reached(ProviderException::new);
        } catch (RuntimeException e) {
            LOG.error("what {} had built is left behind: {}", planned.id(), e.getMessage());
        }
        store.plans().failed(approval, why);
    }

    /// Whether it is the world outside that refused, and not this program that is wrong: then where
    /// in the program that was is of no use to anybody.
    private static boolean isOutside(RuntimeException cause) {
        return cause instanceof ProviderException || cause instanceof EngineException;
    }
}
