package dev.assent.apply;

import dev.assent.plan.Plan.PlannedChange;
import dev.assent.state.Approval;
import dev.assent.state.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries an approved plan out: change by change, step by step, each journalled before and after.
/// It takes nothing but an [Approval], and only the store makes one.
public final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Store store;
    private final Providers providers;
    private volatile boolean stopping;

    public Applier(Store store, Providers providers) {
        this.store = store;
        this.providers = providers;
    }

    /// Goes through the plan to its end, or to the first step that fails; the steps that an earlier
    /// attempt finished are not done again. Returns when the outcome is written.
    public void apply(Approval approval) {
        var application = approval.plan().application();
        LOG.info("{}: applying {}", application, approval.digest().id());
        var steps = new Steps(approval, store, providers.of(application));
        for (var planned : approval.changes()) {
            if (!apply(approval, planned, steps)) return;
        }
        store.plans().applied(approval);
        LOG.info("{}: {} is applied", application, approval.digest().id());
    }

    /// Lets the running steps end and starts no further one; the plans go on after the next start.
    public void stop() {
        stopping = true;
    }

    private boolean apply(Approval approval, PlannedChange planned, Steps steps) {
        var number = 0;
        for (var step : steps.of(planned.change())) {
            number++;
            if (stopping) return false;
            if (!run(approval, planned.id() + "." + number, step)) return false;
        }
        return true;
    }

    private boolean run(Approval approval, String id, Step step) {
        var journal = store.journal();
        if (journal.isDone(approval, id)) return true;
        try {
            journal.started(approval, id, step.what());
            var result = step.work().run(id, what -> journal.progress(approval, id, what));
            // Recording is journalled in its own transaction; to say it twice would be noise.
            if (!journal.isDone(approval, id)) {
                journal.done(approval, id, step.what() + ": " + result);
            }
            return true;
        } catch (RuntimeException e) {
            failed(approval, id, step, e);
            return false;
        }
    }

    private void failed(Approval approval, String id, Step step, RuntimeException e) {
        if (stopping) {
            LOG.info(
                    "{} of {} was interrupted; it goes on after the next start",
                    step.what(),
                    approval.digest().id());
            return;
        }
        var why = step.what() + " failed: " + e.getMessage();
        LOG.error("{}: {}", approval.plan().application(), why, e);
        store.journal().failed(approval, id, why);
        store.plans().failed(approval, why);
    }
}
