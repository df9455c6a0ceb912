package dev.assent.provider.local;

import static dev.assent.provider.local.LocalRoom.NEWEST;
import static dev.assent.provider.local.LocalRoom.query;
import static dev.assent.provider.local.LocalRoom.queryAsAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.LiveFiles;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real PostgreSQL servers on this machine. Archives come from the local Maven repository, and are
/// downloaded into it once.
class LocalProviderIT {

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
    void a_replica_is_read_only_and_is_forgotten_by_its_primary_when_it_goes() throws SQLException {
        var primary = room.order("db1", NEWEST);
        var replica = room.replicaOf(primary, "db2");

        var write = room.build(primary);
        query(write, primary, "CREATE TABLE note AS SELECT 'größe' AS text");
        var read = room.build(replica);

        assertThat(query(read, replica, "SELECT upper(text) FROM note")).isEqualTo("GRÖßE");
        assertThatThrownBy(() -> query(read, replica, "DROP TABLE note"))
                .hasMessageContaining("read-only");
        assertThat(room.health(replica).lag()).isPresent();
        assertThat(room.health(primary).lag()).isEmpty();
        assertThat(queryAsAdmin(write, primary, SLOTS)).isEqualTo("1");

        room.provider.remove(replica.key(), Progress.SILENT);

        assertThat(queryAsAdmin(write, primary, SLOTS)).isEqualTo("0");
    }

    private static final String SLOTS = "SELECT count(*) FROM pg_replication_slots";

    @Test
    void the_application_owns_its_database_and_nothing_else() throws SQLException {
        var order = room.order("db1", NEWEST);
        var name = order.credentials().username();
        var password = order.credentials().password().reveal();

        var endpoint = room.build(order);

        assertThat(
                        query(
                                endpoint,
                                order,
                                "SELECT rolsuper OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        query(endpoint, order, "DROP SCHEMA public CASCADE");
        query(endpoint, order, "CREATE SCHEMA public");
        assertThatThrownBy(() -> query(endpoint, "shop_production", name, "wrong", "SELECT 1"))
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> query(endpoint, "shop_production", name, "", "SELECT 1"))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> query(endpoint, "postgres", name, password, "SELECT 1"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> query(endpoint, order, "CREATE DATABASE other"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void building_again_what_is_built_changes_nothing() {
        var order = room.order("db1", NEWEST);
        var endpoint = room.build(order);
        var pid = room.pid(order);

        var again = room.build(order);

        assertThat(again).isEqualTo(endpoint);
        assertThat(room.pid(order)).isEqualTo(pid);
    }

    @Test
    void a_server_leads_a_session_of_its_own_as_a_user_without_rights() throws IOException {
        var order = room.order("db1", NEWEST);
        room.build(order);

        var pid = room.pid(order);

        var stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3])
                .as("its session")
                .isEqualTo(Long.toString(pid));
        assertThat(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid")).isNotEqualTo(0);
    }

    @Test
    void the_next_daemon_adopts_a_running_server() {
        var order = room.order("db1", NEWEST);
        room.build(order);
        var pid = room.pid(order);

        var next = new LocalProvider("here", room.settings);
        next.start(order.key(), order.credentials());

        assertThat(next.health(order.key(), order.credentials()).pid()).hasValue(pid);
    }

    @Test
    void a_server_whose_process_was_never_recorded_is_found_and_not_started_twice()
            throws IOException {
        var order = room.order("db1", NEWEST);
        room.build(order);
        var pid = room.pid(order);
        var file = room.folder(order).resolve("server.json");
        var forgetful = Files.readString(file).replaceAll("\"pid\" : \\d+", "\"pid\" : 1");
        Files.writeString(file, forgetful);

        room.provider.start(order.key(), order.credentials());

        assertThat(room.pid(order)).isEqualTo(pid);
        assertThat(Files.readString(file)).contains("\"pid\" : " + pid);
    }

    @Test
    void a_replica_starts_before_its_primary_and_follows_when_that_is_there() {
        var primary = room.order("db1", NEWEST);
        var replica = room.replicaOf(primary, "db2");
        for (var order : List.of(primary, replica)) {
            room.build(order);
        }
        for (var order : List.of(replica, primary)) {
            ProcessHandle.of(room.pid(order)).orElseThrow().destroyForcibly();
            await().until(() -> room.health(order).state() == Health.State.STOPPED);
        }

        room.provider.start(replica.key(), replica.credentials());

        assertThat(room.health(replica).detail())
                .hasValue("it receives no changes from its primary server");

        room.provider.start(primary.key(), primary.credentials());

        await().atMost(Duration.ofSeconds(30)).until(() -> room.health(replica).detail().isEmpty());
    }

    @Test
    void a_removed_server_leaves_no_process_no_folder_and_no_port() throws IOException {
        var order = room.order("db1", NEWEST);
        var endpoint = room.build(order);

        room.provider.remove(order.key(), Progress.SILENT);
        room.provider.remove(order.key(), Progress.SILENT);

        room.assertNothingIsLeft();
        assertThat(room.health(order).state()).isEqualTo(Health.State.MISSING);
        new ServerSocket(endpoint.port(), 1, InetAddress.getLoopbackAddress()).close();
        assertThatThrownBy(() -> room.provider.start(order.key(), order.credentials()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("it is not built");
    }

    @Test
    void a_replica_goes_also_when_its_primary_is_gone() {
        var primary = room.order("db1", NEWEST);
        var replica = room.replicaOf(primary, "db2");
        room.build(primary);
        room.build(replica);
        room.provider.remove(primary.key(), Progress.SILENT);
        await().until(() -> room.health(replica).detail().isPresent());

        room.provider.remove(replica.key(), Progress.SILENT);

        room.assertNothingIsLeft();
    }

    @Test
    void passwords_are_in_no_command_line_and_in_no_file_but_the_one_to_follow_with()
            throws IOException {
        var primary = room.order("db1", NEWEST);
        var replica = room.replicaOf(primary, "db2");
        room.build(primary);
        room.build(replica);
        var credentials = primary.credentials();

        var following = room.folder(replica).resolve("replication.pgpass");

        assertThat(holding(credentials.admin().reveal())).isEmpty();
        assertThat(holding(credentials.password().reveal())).isEmpty();
        assertThat(holding(credentials.replication().reveal())).containsExactly(following);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(following)))
                .isEqualTo("rw-------");
        assertThat(ProcessHandle.allProcesses().map(it -> it.info().commandLine().orElse("")))
                .noneMatch(it -> it.contains(credentials.admin().reveal()))
                .noneMatch(it -> it.contains(credentials.replication().reveal()));
    }

    private List<Path> holding(String secret) throws IOException {
        return LiveFiles.below(room.servers).stream().filter(it -> holds(it, secret)).toList();
    }

    private static boolean holds(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            return false;
        }
    }
}
