package dev.assent.apply;

import dev.assent.plan.StepKey;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what became of a step that an earlier attempt has started and not ended. A provider
/// that does not answer is asked again, for a while.
///
/// @param stop counted down when nobody waits any longer
record Settlement(Patience patience, CountDownLatch stop) {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    /// Waits until there is an answer, or until it was waited long enough.
    ///
    /// @param hears what is being waited for
    /// @return empty where it was told to stop before there was an answer
    Optional<Settled> of(Step step, StepKey key, Provider provider, Consumer<String> hears) {
        var waited = Duration.ZERO;
        var pause = patience.first();
        var said = "";
        while (true) {
            try {
                return Optional.of(step.settle(key, provider));
            } catch (ProviderException e) {
                var why = String.valueOf(e.getMessage());
                if (waited.compareTo(patience.limit()) >= 0) {
                    return Optional.of(
                            new Settled.Unclear(
                                    "its provider could not tell for %d minutes: %s"
                                            .formatted(patience.limit().toMinutes(), why)));
                }
                if (!why.equals(said)) {
                    LOG.warn("what became of {} cannot be told yet: {}", key.words(), why);
                    hears.accept(
                            "its provider cannot tell how it ended, and is asked again: " + why);
                    said = why;
                }
                if (stopped(pause)) return Optional.empty();
                waited = waited.plus(pause);
                pause = patience.after(pause);
            }
        }
    }

    private boolean stopped(Duration pause) {
        try {
            return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
