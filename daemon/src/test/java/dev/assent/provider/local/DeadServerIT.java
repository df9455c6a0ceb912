package dev.assent.provider.local;

import static dev.assent.provider.local.LocalRoom.NEWEST;
import static dev.assent.provider.local.LocalRoom.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.assent.provider.BuildOrder;
import dev.assent.provider.Death;
import dev.assent.provider.Death.Fate;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real servers that die, and machines on which they cannot come back or be built.
class DeadServerIT {

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
    void a_death_is_seen_until_it_is_over_and_says_who_has_taken_the_port() throws Exception {
        var order = room.order("db1", NEWEST);
        var endpoint = room.build(order);
        query(endpoint, order, "CREATE TABLE note AS SELECT 'kept' AS text");
        assertThat(deaths(order)).isEmpty();

        kill(order);
        await().untilAsserted(() ->
                assertThat(deaths(order)).containsExactly(new Death(order.key(), Fate.ENDED, "")));
        try (var _ = new ServerSocket(endpoint.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(order))
                    .hasMessageContaining(
                            "its port %d is taken by process %d (`java`): end that",
                            endpoint.port(), ProcessHandle.current().pid());
        }
        // Another provider for the same servers, as after a change of the settings, sees it too.
        try (var next = new LocalProvider("here", room.settings)) {
            assertThat(next.deaths(List.of(order.key()))).hasSize(1);
        }

        assertThat(start(order)).isTrue();
        assertThat(start(order)).isFalse();
        assertThat(deaths(order)).isEmpty();
        assertThat(query(endpoint, order, "SELECT text FROM note")).isEqualTo("kept");
    }

    @Test
    void what_is_being_built_or_removed_has_not_died_and_leaves_no_child_behind() {
        var order = room.order("db1", NEWEST);
        var meanwhile = new AtomicReference<List<Death>>(List.of());
        room.provider.build(order, _ -> meanwhile.set(deaths(order)));
        assertThat(meanwhile.get()).isEmpty();
        var server = ProcessHandle.of(room.pid(order)).orElseThrow();
        var children = server.descendants().toList();
        assertThat(children).isNotEmpty();

        server.destroyForcibly();
        room.provider.remove(order.key(), Progress.SILENT);

        // Whoever was dying by himself is gone once the machine has noticed.
        await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        assertThat(deaths(order)).isEmpty();
    }

    @Test
    void a_running_servers_log_is_cut_and_written_on() throws IOException, SQLException {
        var order = room.order("db1", NEWEST);
        var endpoint = room.build(order);
        var log = room.folder(order).resolve("log/server.log");
        Files.writeString(log, "a line of the past\n".repeat(600_000), StandardOpenOption.APPEND);

        room.provider.trim(List.of(order.key()));

        assertThat(log).hasSize(0);
        assertThat(log.resolveSibling("server.log.1")).hasSize(10_000_000);
        assertThatThrownBy(() -> query(endpoint, order, "SELECT no_such_column"))
                .isInstanceOf(SQLException.class);
        await().untilAsserted(() ->
                assertThat(Files.readString(log))
                        .contains("no_such_column")
                        .doesNotContain("\0", "a line of the past"));
    }

    @Test
    void a_disk_without_room_for_a_servers_size_is_refused_before_anything_is_made()
            throws IOException {
        var small = Files.createDirectory(folder.resolve("small"));
        var mounted =
                Commands.run(
                        List.of("mount", "-t", "tmpfs", "-o", "size=300m", "none", "" + small),
                        folder);
        assumeThat(mounted.code()).as("who may mount: %s", mounted.printed()).isZero();
        try (var there =
                new LocalProvider("here", LocalSettings.in(small.resolve("servers"), cache))) {
            var order = room.order("db1", NEWEST);

            assertThatThrownBy(() -> there.build(order, Progress.SILENT))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("/small/servers has 300 MB left")
                    .hasMessageContaining("a new server needs 512 MB for its size; make room");

            assertThat(small.resolve("servers")).isEmptyDirectory();
        } finally {
            Commands.run(List.of("umount", small.toString()), folder);
        }
    }

    private List<Death> deaths(BuildOrder order) {
        return room.provider.deaths(List.of(order.key()));
    }

    private boolean start(BuildOrder order) {
        return room.provider.start(order.key(), order.credentials());
    }

    private void kill(BuildOrder order) {
        ProcessHandle.of(room.pid(order)).orElseThrow().destroyForcibly();
    }
}
