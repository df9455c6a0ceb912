package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.systemd.Listener;
import dev.assent.systemd.Systemd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a service manager hears that waits three hundredths of a second for a sign of life.
class WatchdogTest {

    @TempDir private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Pulse pulse = new Pulse(nanos::get);
    private final AtomicReference<String> doing = new AtomicReference<>("watching 1 repository");

    @Test
    void a_daemon_whose_pipeline_turns_lives_and_says_what_it_does() throws Exception {
        try (var listener = Listener.at(folder.resolve("notify").toString());
                var watchdog = watchdog(listener)) {
            watchdog.start();

            assertThat(listener.next()).isEqualTo("READY=1\nSTATUS=watching 1 repository");
            assertThat(listener.next()).isEqualTo("WATCHDOG=1");

            doing.set("watching 2 repositories");
            assertThat(nextOtherThan(listener, "WATCHDOG=1"))
                    .isEqualTo("STATUS=watching 2 repositories");
        }
    }

    @Test
    void one_whose_pipeline_hangs_gives_no_sign_of_life_until_it_turns_again() throws Exception {
        try (var listener = Listener.at(folder.resolve("notify").toString());
                var watchdog = watchdog(listener)) {
            pulse.expect("poll", "the poll of repository platform ends", Duration.ofSeconds(10));
            nanos.addAndGet(Duration.ofSeconds(11).toNanos());

            watchdog.start();

            assertThat(listener.next()).startsWith("READY=1");
            assertThat(listener.next())
                    .isEqualTo(
                            "STATUS=the daemon hangs: the poll of repository platform ends within"
                                    + " 10 s, and that has not come for 11 s");
            pulse.met("poll");
            assertThat(listener.next()).isEqualTo("WATCHDOG=1");
        }
    }

    private static String nextOtherThan(Listener listener, String usual) throws Exception {
        while (true) {
            var next = listener.next();
            if (!next.equals(usual)) return next;
        }
    }

    private Watchdog watchdog(Listener listener) {
        var environment = Map.of("NOTIFY_SOCKET", listener.address(), "WATCHDOG_USEC", "30000");
        return new Watchdog(Systemd.of(environment, 1), pulse, doing::get);
    }
}
