package dev.assent.reconcile;

import dev.assent.systemd.Systemd;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd that the daemon lives, as long as its pipeline turns, and what it is doing. One
/// whose pipeline hangs is not told of any more: systemd restarts it.
public final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /// Where nobody waits for a sign of life, only the words have to be fresh.
    private static final Duration PACE = Duration.ofSeconds(15);

    private final Systemd systemd;
    private final Pulse pulse;
    private final Supplier<String> doing;
    private final Rounds rounds;
    private Optional<String> trouble = Optional.empty();
    private String told = "";

    /// @param doing what the daemon is doing, in a few words
    public Watchdog(Systemd systemd, Pulse pulse, Supplier<String> doing) {
        this.systemd = systemd;
        this.pulse = pulse;
        this.doing = doing;
        // Three signs of life in the time in which one has to come.
        var pace = systemd.watchdog().map(it -> it.dividedBy(3)).orElse(PACE);
        this.rounds = new Rounds("watchdog", pace, this::round);
    }

    /// Tells that the daemon is up, and from now on that it lives.
    public void start() {
        told = doing.get();
        systemd.ready(told);
        rounds.start();
    }

    private void round() {
        var now = pulse.trouble();
        if (now.isEmpty()) systemd.alive();
        if (!now.equals(trouble)) {
            now.ifPresent(it -> LOG.error("{}; systemd restarts it where it is told to", it));
            if (now.isEmpty()) LOG.info("the daemon's pipeline turns again");
        }
        trouble = now;
        // Where it is the record that hangs, this does not come back, and no sign of life either.
        var status = now.orElseGet(doing);
        if (!status.equals(told)) systemd.status(status);
        told = status;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
