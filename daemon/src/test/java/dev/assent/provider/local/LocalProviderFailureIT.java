package dev.assent.provider.local;

import static dev.assent.provider.local.LocalRoom.NEWEST;
import static dev.assent.provider.local.LocalRoom.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.Health;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong leaves nothing behind and says what to do.
class LocalProviderFailureIT {

    @TempDir static Path cache;
    @TempDir Path folder;
    private LocalRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new LocalRoom(folder, cache);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void a_refusal_of_the_engine_is_told_in_its_own_words() {
        var order = LocalRoom.with(room.order("db1", NEWEST), Map.of("encoding", "KLINGON"));

        assertThatThrownBy(() -> room.build(order))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith(
                        "shop/production/postgresql/main/db1: could not build postgresql 18.6: ")
                .hasMessageContaining("\"KLINGON\" is not a valid server encoding name");

        room.assertNothingIsLeft();
    }

    @Test
    void a_failure_after_the_start_takes_the_process_away_too() {
        var order = room.order("db1", NEWEST);
        var reserved = LocalRoom.with(order, LocalRoom.credentials("assent_admin"));

        assertThatThrownBy(() -> room.build(reserved))
                .hasMessageContaining("`assent_admin` is Assent's own");

        room.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialising", "starting", "making"})
    void what_breaks_off_at_any_step_leaves_nothing(String step) {
        var order = room.order("db1", NEWEST);
        Progress breaking =
                what -> {
                    if (what.startsWith(step)) throw new IllegalStateException("broken off");
                };

        assertThatThrownBy(() -> room.provider.build(order, breaking)).hasMessage("broken off");

        room.assertNothingIsLeft();
    }

    @Test
    void an_interrupt_while_a_server_starts_leaves_nothing_and_stays_set() {
        var order = room.order("db1", NEWEST);
        Progress interrupting =
                what -> {
                    if (what.startsWith("starting")) Thread.currentThread().interrupt();
                };

        assertThatThrownBy(() -> room.provider.build(order, interrupting))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("was interrupted");

        assertThat(Thread.interrupted()).isTrue();
        room.assertNothingIsLeft();
    }

    @Test
    void a_failed_clone_leaves_nothing_on_its_primary() throws SQLException {
        var primary = room.order("db1", NEWEST);
        var replica = room.replicaOf(primary, "db2");
        var endpoint = room.build(primary);
        Progress failing =
                what -> {
                    if (what.startsWith("starting")) throw new IllegalStateException("broken off");
                };

        assertThatThrownBy(() -> room.provider.build(replica, failing)).hasMessage("broken off");

        assertThat(room.folder(replica)).doesNotExist();
        assertThat(
                        LocalRoom.queryAsAdmin(
                                endpoint, primary, "SELECT count(*) FROM pg_replication_slots"))
                .isEqualTo("0");
    }

    @Test
    void what_another_order_has_built_is_neither_taken_for_this_one_nor_replaced() {
        var left = room.order("db1", "17.11");
        room.build(left);
        var pid = room.pid(left);
        var wanted = room.order("db1", NEWEST);

        assertThatThrownBy(() -> room.build(wanted))
                .isInstanceOf(OccupiedException.class)
                .hasMessageContaining("another server is there already")
                .hasMessageContaining("postgresql 17.11");

        assertThat(room.pid(left)).isEqualTo(pid);
    }

    @Test
    void a_replica_of_a_server_that_does_not_run_is_refused() {
        var replica = room.replicaOf(room.order("db1", NEWEST), "db2");

        assertThatThrownBy(() -> room.build(replica))
                .hasMessageContaining("replica of shop/production/postgresql/main/db1")
                .hasMessageContaining("start that one first");
    }

    @Test
    void what_a_crash_left_half_built_is_cleared_away_and_built_anew()
            throws IOException, SQLException {
        var order = room.order("db1", NEWEST);
        query(room.build(order), order, "CREATE TABLE old ()");
        var pid = room.pid(order);
        var file = room.folder(order).resolve("server.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"built\" : true", "\"built\" : false")
                        .replaceAll("\"pid\" : \\d+", "\"pid\" : 1"));
        assertThat(room.health(order).state()).isEqualTo(Health.State.MISSING);

        var endpoint = room.build(order);

        assertThat(room.pid(order)).isNotEqualTo(pid);
        assertThat(ServerProcess.of(pid)).isEmpty();
        assertThat(query(endpoint, order, "SELECT to_regclass('old')")).isEqualTo("null");
    }

    @Test
    void data_without_a_record_is_nobodys_to_overwrite() throws IOException {
        var order = room.order("db1", NEWEST);
        var precious = room.folder(order).resolve("data/precious");
        Files.createDirectories(precious);

        assertThatThrownBy(() -> room.build(order)).hasMessageContaining("move it away first");

        assertThat(precious).exists();
    }

    @Test
    void a_damaged_record_is_told_and_its_data_left_alone() throws IOException {
        var order = room.order("db1", NEWEST);
        Files.createDirectories(room.folder(order).resolve("data"));
        var file = Files.writeString(room.folder(order).resolve("server.json"), "{");

        assertThatThrownBy(() -> room.build(order))
                .hasMessageContaining(file + " is damaged")
                .hasMessageContaining("move the folder away");
        assertThatThrownBy(() -> room.provider.remove(order.key(), Progress.SILENT))
                .hasMessageContaining("is damaged");

        Files.delete(file);
    }

    @Test
    void a_server_that_does_not_start_says_what_its_log_says() throws IOException {
        var order = room.order("db1", NEWEST);
        room.build(order);
        var pid = room.pid(order);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().until(() -> room.health(order).state() == Health.State.STOPPED);
        Files.delete(room.folder(order).resolve("data/global/pg_control"));

        assertThatThrownBy(() -> room.provider.start(order.key(), order.credentials()))
                .hasMessageContaining("db1: could not start it: the server ended")
                .hasMessageContaining("Its log says:")
                .hasMessageContaining("could not find the database system")
                .hasMessageNotContaining("shutting down");
    }

    @Test
    void a_range_without_a_free_port_is_told_and_nothing_is_built() {
        var first = room.order("db1", NEWEST);
        var second = room.order("db2", NEWEST);
        var port = room.build(first).port();
        var narrow = new LocalProvider("here", room.settings.withPorts(port, port));

        assertThatThrownBy(() -> narrow.build(second, Progress.SILENT))
                .hasMessageContaining("no port is free from %d to %d".formatted(port, port));

        assertThat(room.folder(second)).doesNotExist();
    }

    @Test
    void a_port_that_another_program_takes_meanwhile_is_left_to_it() throws IOException {
        var order = room.order("db1", NEWEST);
        var record = room.folder(order).resolve("server.json");
        try (var another = new ServerSocket()) {
            var endpoint =
                    room.provider.build(
                            order,
                            what -> {
                                if (!what.startsWith("starting") || another.isBound()) return;
                                take(another, record);
                            });

            assertThat(endpoint.port()).isNotEqualTo(another.getLocalPort());
            assertThat(room.pid(order)).isPositive();
        }
    }

    private static void take(ServerSocket another, Path record) {
        try {
            var port = ServerRecord.parse(Files.readString(record)).port();
            another.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void programs_that_are_gone_from_the_cache_come_back_for_a_start() throws IOException {
        var order = room.order("db1", NEWEST);
        room.build(order);
        ProcessHandle.of(room.pid(order)).orElseThrow().destroyForcibly();
        await().until(() -> room.health(order).state() == Health.State.STOPPED);
        try (var unpacked = Files.newDirectoryStream(cache)) {
            for (var one : unpacked) Trees.delete(one);
        }

        room.provider.start(order.key(), order.credentials());

        assertThat(room.pid(order)).isPositive();
    }

    @Test
    void an_archive_that_is_not_the_tested_one_is_not_opened() throws IOException {
        var real =
                Archive.known().stream()
                        .filter(it -> it.version().text().equals(NEWEST))
                        .findFirst()
                        .orElseThrow();
        var wrong =
                new Archive(
                        real.variant(),
                        real.version(),
                        real.artifact(),
                        "0".repeat(64),
                        real.packing());
        var fresh = Files.createDirectory(folder.resolve("fresh"));
        var programs =
                new Programs(
                        new InstalledPrograms(folder),
                        List.of(wrong),
                        new ProgramCache(fresh, new ArchiveStore(Optional.empty())),
                        true);

        assertThatThrownBy(() ->
                        programs.folder(Variant.POSTGRESQL, new Version(NEWEST), Progress.SILENT))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("so it was not opened")
                .hasMessageContaining(real.sha256());

        assertThat(fresh).isEmptyDirectory();
    }
}
