package dev.assent.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdTest {

    private static final long PID = 4711;

    @TempDir private Path folder;

    @Test
    void what_is_told_arrives_at_the_socket_of_the_service_manager() throws Exception {
        try (var listener = Listener.at(folder.resolve("notify").toString());
                var manager = manager(Map.of("NOTIFY_SOCKET", listener.address()))) {
            manager.ready("watching 1 repository");
            manager.reloading();
            manager.alive();
            manager.stopping();

            assertThat(listener.next()).isEqualTo("READY=1\nSTATUS=watching 1 repository");
            assertThat(listener.next()).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
            assertThat(listener.next()).isEqualTo("WATCHDOG=1");
            assertThat(listener.next()).isEqualTo("STOPPING=1\nSTATUS=stopping");
        }
    }

    @Test
    void an_abstract_socket_is_reached_as_well() throws Exception {
        try (var listener = Listener.at("@assent-test-" + ProcessHandle.current().pid());
                var manager = manager(Map.of("NOTIFY_SOCKET", listener.address()))) {
            manager.status("two\nlines");

            assertThat(listener.next()).isEqualTo("STATUS=two lines");
        }
    }

    @Test
    void a_time_stamp_of_a_reload_is_of_the_clock_that_systemd_compares_with() throws Exception {
        try (var listener = Listener.at(folder.resolve("notify").toString());
                var manager = manager(Map.of("NOTIFY_SOCKET", listener.address()))) {
            var before = listener.monotonicMicros();
            manager.reloading();
            var told = Long.parseLong(listener.next().replaceAll("(?s).*=", ""));

            assertThat(told).isBetween(before, listener.monotonicMicros());
        }
    }

    @Test
    void without_a_service_manager_nothing_happens() {
        try (var manager = manager(Map.of())) {
            manager.ready("alone");
            assertThat(manager.watchdog()).isEmpty();
        }
    }

    @Test
    void one_that_does_not_listen_keeps_nobody_from_working() {
        try (var manager = manager(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString()))) {
            manager.ready("alone");
        }
    }

    @Test
    void the_patience_of_the_watchdog_counts_for_the_process_that_it_is_meant_for() {
        var socket = folder.resolve("notify").toString();

        assertThat(manager(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "30000000")).watchdog())
                .contains(Duration.ofSeconds(30));
        assertThat(
                        manager(
                                        Map.of(
                                                "NOTIFY_SOCKET",
                                                socket,
                                                "WATCHDOG_USEC",
                                                "30000000",
                                                "WATCHDOG_PID",
                                                "1"))
                                .watchdog())
                .isEmpty();
    }

    private static Systemd manager(Map<String, String> environment) {
        return Systemd.of(environment, PID);
    }
}
