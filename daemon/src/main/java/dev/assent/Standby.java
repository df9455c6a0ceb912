package dev.assent;

import dev.assent.reconcile.Leased;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import dev.assent.systemd.Systemd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has one of the daemons that share a record work, and the others wait for its end. Whoever loses
/// that right ends on the spot, as after a crash: there is nothing that it may still write.
final class Standby {

    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int LOST = 75;

    private Standby() {}

    /// The right to work on a record, which this daemon does not have yet.
    static Leased right(Store store, Optional<String> node) throws IOException {
        var holder =
                "%s (process %d)"
                        .formatted(
                                node.isPresent() ? node.get() : machine(),
                                ProcessHandle.current().pid());
        return new Leased(
                store.leases(), holder, System::nanoTime, () -> Runtime.getRuntime().halt(LOST));
    }

    /// Waits until this daemon has the right.
    ///
    /// @param ended waits for the end of this daemon, for a while
    /// @return whether it has it; else it is to end
    static boolean await(Leased right, Systemd systemd, Predicate<Duration> ended) {
        var told = false;
        while (!isTaken(right)) {
            if (!told) {
                var what = "standing by: " + holder(right) + " works on the record";
                LOG.info("{}", what);
                systemd.ready(what);
                told = true;
            }
            systemd.alive();
            if (ended.test(PACE)) return false;
        }
        right.start();
        return true;
    }

    private static boolean isTaken(Leased right) {
        try {
            return right.take();
        } catch (StateException e) {
            LOG.debug("the record cannot be reached just now", e);
            return false;
        }
    }

    private static String holder(Leased right) {
        try {
            return right.holder();
        } catch (StateException e) {
            return "another daemon";
        }
    }

    private static String machine() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }
}
