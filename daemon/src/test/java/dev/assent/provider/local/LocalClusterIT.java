package dev.assent.provider.local;

import static dev.assent.provider.local.LocalRoom.NEWEST;
import static dev.assent.provider.local.LocalRoom.following;
import static dev.assent.provider.local.LocalRoom.query;
import static dev.assent.provider.local.LocalRoom.queryAsAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.model.Endpoint;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Death;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that change their roles, and what becomes of them when that breaks off.
class LocalClusterIT {

    private static final String SLOTS = "SELECT count(*) FROM pg_replication_slots";
    private static final String ROWS = "SELECT string_agg(text, ' ' ORDER BY text) FROM note";

    @TempDir static Path cache;
    @TempDir Path folder;
    private LocalRoom room;
    private BuildOrder one;
    private BuildOrder two;

    @BeforeEach
    void open() throws IOException {
        room = new LocalRoom(folder, cache);
        one = room.order("db1", NEWEST);
        two = room.replicaOf(one, "db2");
    }

    @AfterEach
    void close() {
        room.close();
    }

    /// Stands for a crash: nothing of ours catches it.
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static Progress breakingAt(String step) {
        return what -> {
            if (what.startsWith(step)) throw new IllegalStateException("broken off");
        };
    }

    private static Progress crashingAt(String step) {
        return what -> {
            if (what.startsWith(step)) throw new Crash();
        };
    }

    @Test
    void a_copy_that_breaks_off_leaves_the_server_with_its_data_its_role_and_its_files()
            throws Exception {
        var other = room.order("copy", "db1", Variant.POSTGRESQL, new Version(NEWEST));
        var source = room.build(one);
        query(source, one, "CREATE TABLE note AS SELECT 'copied' AS text");
        var place = room.build(other);
        query(place, other, "CREATE TABLE note AS SELECT 'kept' AS text");

        for (var step : List.of("cloning", "starting")) {
            assertThatThrownBy(() -> room.provider.rebuild(following(other, one), breakingAt(step)))
                    .hasMessage("broken off");

            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(query(place, other, ROWS)).isEqualTo("kept"));
            query(place, other, "INSERT INTO note VALUES ('kept')");
            query(place, other, "DELETE FROM note WHERE ctid <> (SELECT min(ctid) FROM note)");
            assertThat(room.health(other).edited()).isEmpty();
            assertThat(room.folder(other)).isDirectoryNotContaining("glob:**.{before,pgpass}");
            assertThat(queryAsAdmin(source, one, SLOTS)).isEqualTo("0");
        }

        for (var step : List.of("cloning", "starting")) {
            assertThatThrownBy(() -> room.provider.rebuild(following(other, one), crashingAt(step)))
                    .isInstanceOf(Crash.class);

            assertThat(room.health(other).state()).isEqualTo(Health.State.STOPPED);
            assertThat(room.health(other).detail()).get().asString().contains("broken off");
        }
        room.provider.start(other.key(), other.credentials());

        assertThat(query(place, other, ROWS)).isEqualTo("kept");
        assertThat(queryAsAdmin(source, one, SLOTS)).isEqualTo("0");

        var copied = following(other, one);
        assertThat(room.provider.rebuild(copied, Progress.SILENT)).isEqualTo(place);

        assertThat(query(place, copied, ROWS)).isEqualTo("copied");
        assertThat(room.folder(other)).isDirectoryNotContaining("glob:**.before");

        lose(copied);
        assertThat(room.provider.rebuild(at(place, copied), Progress.SILENT)).isEqualTo(place);

        assertThat(query(place, copied, ROWS)).isEqualTo("copied");
        assertThat(queryAsAdmin(source, one, SLOTS)).isEqualTo("1");
    }

    /// Its process and its data.
    private void lose(BuildOrder server) throws IOException {
        kill(server);
        Trees.delete(room.folder(server).resolve("data"));
        assertThat(room.health(server).state()).isEqualTo(Health.State.MISSING);
    }

    private static BuildOrder at(Endpoint place, BuildOrder order) {
        return new BuildOrder(
                order.key(),
                order.specification(),
                order.server(),
                order.credentials(),
                order.source(),
                Optional.of(place));
    }

    @Test
    void a_replica_of_which_nothing_is_left_is_there_again_where_applications_know_it()
            throws Exception {
        var write = room.build(one);
        query(write, one, "CREATE TABLE note AS SELECT 'a' AS text");
        var place = new Endpoint(write.host(), write.port() + 5);

        room.provider.follow(at(place, two), Progress.SILENT);

        assertThat(query(place, two, ROWS)).isEqualTo("a");

        // A configuration that is read anew makes another provider of the same servers.
        var deaths = new ArrayList<Death>();
        try (var next = new LocalProvider("here", room.settings)) {
            room.provider.rebuild(
                    at(place, two),
                    what -> {
                        if (!what.startsWith("cloning")) return;
                        deaths.addAll(
                                CompletableFuture.supplyAsync(() -> next.deaths(List.of(two.key())))
                                        .join());
                    });
        }
        assertThat(deaths).as("what another provider sees of a server in work").isEmpty();
    }

    @Test
    void a_replica_whose_data_somebody_has_deleted_is_copied_and_half_a_copy_is_no_data()
            throws Exception {
        var source = room.build(one);
        query(source, one, "CREATE TABLE note AS SELECT 'a' AS text");
        var place = room.build(two);
        kill(two);
        Trees.delete(room.folder(two).resolve("data"));

        assertThatThrownBy(() -> room.provider.rebuild(two, breakingAt("starting")))
                .hasMessage("broken off");

        await().until(() -> room.health(two).state() == Health.State.MISSING);
        assertThat(room.provider.rebuild(two, Progress.SILENT)).isEqualTo(place);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(query(place, two, ROWS)).isEqualTo("a"));
    }

    @Test
    void a_fence_that_breaks_off_leaves_a_primary_and_one_that_stands_lets_nobody_start_it()
            throws Exception {
        var write = room.build(one);
        query(write, one, "CREATE TABLE note AS SELECT 'a' AS text");
        room.build(two);

        assertThatThrownBy(() ->
                        room.provider.fence(
                                one.key(), two.key(), one.credentials(), breakingAt("stopping")))
                .hasMessage("broken off");

        query(write, one, "INSERT INTO note VALUES ('b')");
        assertThat(room.health(one).edited()).isEmpty();

        fence();
        fence();

        assertThat(room.health(one).state()).isEqualTo(Health.State.FENCED);
        assertThatThrownBy(() -> room.build(one)).hasMessageContaining("resume that plan");
        room.provider.start(one.key(), one.credentials());
        assertThat(room.health(one).state()).isEqualTo(Health.State.FENCED);

        room.provider.configure(one.key(), one.credentials(), Progress.SILENT);

        query(write, one, "INSERT INTO note VALUES ('c')");
        assertThat(query(write, one, ROWS)).isEqualTo("a b c");
        await().untilAsserted(() -> assertThat(room.health(two).detail()).isEmpty());
    }

    private void fence() {
        room.provider.fence(one.key(), two.key(), one.credentials(), Progress.SILENT);
    }

    @Test
    void a_forsaken_primary_whose_history_has_parted_from_the_new_ones_is_copied()
            throws Exception {
        var write = room.build(one);
        query(write, one, "CREATE TABLE note AS SELECT 'both' AS text");
        var next = room.build(two);
        kill(two);
        query(write, one, "INSERT INTO note VALUES ('lost')");

        room.provider.forsake(one.key(), Progress.SILENT);
        room.provider.forsake(one.key(), Progress.SILENT);
        room.provider.promote(two.key(), two.credentials(), Progress.SILENT);
        query(next, two, "INSERT INTO note VALUES ('new')");
        assertThat(room.health(one).state()).isEqualTo(Health.State.FENCED);
        var follower = following(one, two);
        assertThatThrownBy(() -> room.provider.follow(follower, crashingAt("cloning")))
                .isInstanceOf(Crash.class);
        assertThat(room.health(one).state()).isEqualTo(Health.State.FENCED);
        room.provider.follow(follower, Progress.SILENT);
        var pid = room.pid(one);
        room.provider.follow(follower, Progress.SILENT);

        assertThat(room.pid(one)).isEqualTo(pid);
        assertThat(query(write, one, ROWS)).isEqualTo("both new");
        assertThat(room.health(one).detail()).isEmpty();
        assertThat(queryAsAdmin(write, one, SLOTS)).isEqualTo("0");
        assertThat(queryAsAdmin(next, two, SLOTS)).isEqualTo("1");
    }

    @Test
    void a_replica_is_cloned_from_a_replica_and_follows_another_one_without_a_copy()
            throws Exception {
        var write = room.build(one);
        query(write, one, "CREATE TABLE note AS SELECT 'a' AS text");
        var middle = room.build(two);
        var three = following(room.order("db3", NEWEST), two);
        var read = room.build(three);
        query(write, one, "INSERT INTO note VALUES ('b')");
        await().untilAsserted(() -> assertThat(query(read, three, ROWS)).isEqualTo("a b"));
        assertThat(queryAsAdmin(middle, two, SLOTS)).isEqualTo("1");
        var made = Files.readAttributes(room.folder(three).resolve("data"), "unix:ino");

        room.provider.follow(following(three, one), Progress.SILENT);

        assertThat(room.health(three).answer().orElseThrow().source()).hasValue(write);
        assertThat(queryAsAdmin(middle, two, SLOTS)).isEqualTo("0");
        assertThat(Files.readAttributes(room.folder(three).resolve("data"), "unix:ino"))
                .isEqualTo(made);
    }

    @Test
    void a_server_that_never_had_a_replica_gets_new_passwords_too() throws Exception {
        var write = room.build(one);
        var fresh = LocalRoom.with(one, LocalRoom.credentials("shop"));

        room.provider.rekey(one.key(), one.credentials(), fresh.credentials(), Progress.SILENT);

        assertThat(query(write, fresh, "SELECT 1")).isEqualTo("1");
        assertThatThrownBy(() -> query(write, one, "SELECT 1")).hasMessageContaining("password");
    }

    @Test
    void files_that_somebody_has_edited_are_named_and_configuring_writes_them_anew()
            throws Exception {
        room.build(one);
        var hosts = room.folder(one).resolve("pg_hba.conf");
        Files.writeString(hosts, "host all all 0.0.0.0/0 trust\n");
        var settings = room.folder(one).resolve("postgresql.conf");
        var copy = Files.copy(settings, folder.resolve("copy"));
        Files.delete(settings);
        Files.createSymbolicLink(settings, copy);

        assertThat(room.health(one).edited()).containsExactly("pg_hba.conf", "postgresql.conf");

        room.provider.configure(one.key(), one.credentials(), Progress.SILENT);

        assertThat(room.health(one).edited()).isEmpty();
        assertThat(settings).isRegularFile();
    }

    private void kill(BuildOrder server) {
        ProcessHandle.of(room.pid(server)).orElseThrow().destroyForcibly();
        await().until(() -> room.health(server).state() == Health.State.STOPPED);
    }
}
