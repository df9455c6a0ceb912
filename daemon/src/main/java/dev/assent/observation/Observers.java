package dev.assent.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on what is observed to a listener that comes later: who listens is loaded when the daemon
/// has started. Whatever goes wrong there disturbs nobody here.
public final class Observers implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile Observer listener = NOBODY;

    /// From now on this one is told.
    public void tell(Observer listener) {
        this.listener = listener;
    }

    @Override
    public void saw(Observation it) {
        try {
            listener.saw(it);
        } catch (RuntimeException | LinkageError e) {
            // Once: what fails here would fail many times a second.
            if (complained.compareAndSet(false, true)) {
                LOG.warn("what is counted is no longer right: {}", e.toString(), e);
            }
        }
    }
}
