package dev.assent.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd how the service is (`sd_notify(3)`). Whoever was not started by it tells nobody.
public final class Systemd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);

    private final Optional<UnixDatagram> socket;
    private final Optional<Duration> watchdog;

    private Systemd(Optional<UnixDatagram> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /// The service manager that has started this process: `NOTIFY_SOCKET`, and its patience,
    /// `WATCHDOG_USEC`.
    ///
    /// @param environment this process's environment variables
    /// @param pid this process
    public static Systemd of(Map<String, String> environment, long pid) {
        var address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (address.isEmpty()) return new Systemd(Optional.empty(), Optional.empty());
        try {
            return new Systemd(Optional.of(UnixDatagram.to(address)), watchdog(environment, pid));
        } catch (IOException e) {
            LOG.warn("systemd is told nothing: {}", e.getMessage());
            return new Systemd(Optional.empty(), Optional.empty());
        }
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        var meant = environment.getOrDefault("WATCHDOG_PID", "");
        if (!meant.isEmpty() && !meant.equals(Long.toString(pid))) return Optional.empty();
        try {
            return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                    .map(Long::parseLong)
                    .filter(it -> it > 0)
                    .map(it -> Duration.ofNanos(it * 1000));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// How long it waits for a sign of life before it ends the service; empty where it waits for
    /// none.
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /// It is up: started, or done with reloading.
    public void ready(String status) {
        tell("READY=1\nSTATUS=" + line(status));
    }

    /// It reads its configuration anew. [#ready] ends that.
    public void reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    /// What it is doing, in a few words for `systemctl status`.
    public void status(String status) {
        tell("STATUS=" + line(status));
    }

    /// It lives.
    public void alive() {
        tell("WATCHDOG=1");
    }

    /// It ends, as it was told to.
    public void stopping() {
        tell("STOPPING=1\nSTATUS=stopping");
    }

    private static String line(String status) {
        return status.replace('\n', ' ');
    }

    /// A service manager that does not listen keeps nobody from working.
    private void tell(String message) {
        if (socket.isEmpty()) return;
        try {
            socket.get().send(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("systemd does not listen: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        socket.ifPresent(UnixDatagram::close);
    }
}
