package dev.assent.reconcile;

import dev.assent.apply.Applier;
import dev.assent.model.ApplicationName;
import dev.assent.state.Approval;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plans that are being applied: different applications in parallel, a bounded number at once.
/// That one application applies one plan at a time is the store's rule.
final class Applies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Applies.class);

    /// Most of a plan's time is spent waiting for a server to come up, or for the disk; so many
    /// more than the machine has processors.
    private static final int AT_ONCE = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Applier applier;
    private final Consumer<ApplicationName> afterwards;
    private final ExecutorService threads;

    /// Calls `afterwards` whenever the record of an application may have moved.
    ///
    /// @param threads on which plans are applied; ended with this
    Applies(Applier applier, Consumer<ApplicationName> afterwards, ExecutorService threads) {
        this.applier = applier;
        this.afterwards = afterwards;
        this.threads = threads;
    }

    /// As many as can be of use.
    static ExecutorService threads() {
        return Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("apply-", 1).daemon().factory());
    }

    void start(Approval approval) {
        threads.execute(() -> {
            try (var _ = approval.about().enter()) {
                carryOut(approval);
            }
        });
    }

    private void carryOut(Approval approval) {
        var application = approval.plan().application();
        try {
            applier.apply(approval);
        } catch (Throwable e) {
            // An error too: a plan that silently stays half done would be found by nobody.
            LOG.error(
                    "{}: the outcome of {} could not be written; it goes on after the next start",
                    application,
                    approval.digest().id(),
                    e);
            return;
        }
        try {
            afterwards.accept(application);
        } catch (RuntimeException e) {
            LOG.error("{} is not planned anew until the next start", application, e);
        }
    }

    /// Lets running steps end, for a while; what is not done by then goes on after the next start.
    @Override
    public void close() {
        applier.stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a step is still running; it is settled after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
