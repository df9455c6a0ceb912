package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.Size;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Digest;
import dev.assent.plan.StepKey;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFoldersTest {

    private static final int FIRST = 10_000 + 20 * new SecureRandom().nextInt(490);
    private static final ServersUser OURSELVES = new ServersUser("we", -1, -1, false);

    @TempDir Path folder;

    @Test
    void a_record_is_read_as_it_was_written() {
        var plain = record(key("db1"), FIRST);
        var full =
                new ServerRecord(
                        key("db2"),
                        plain.specification().with(Map.of("encoding", "LATIN1")),
                        new Size(128L << 20, 1L << 30),
                        plain.programs(),
                        FIRST,
                        true,
                        Role.following(Optional.of(key("db1"))),
                        Optional.of(Role.following(Optional.empty()).retired()),
                        Optional.of(new ServerProcess(4711, "123@boot")),
                        Optional.of(new StepKey(new Digest("ab".repeat(32)), 2, "c1.1")));

        assertThat(ServerRecord.parse(plain.toJson())).isEqualTo(plain);
        assertThat(ServerRecord.parse(full.toJson())).isEqualTo(full);
    }

    @Test
    void each_server_gets_the_lowest_port_that_nobody_has() throws IOException {
        try (var foreign = new ServerSocket(FIRST + 1, 1, InetAddress.getLoopbackAddress())) {
            var folders = folders(FIRST + 9);

            assertThat(claim(folders, "db1").port()).isEqualTo(FIRST);
            assertThat(claim(folders, "db2").port()).isEqualTo(foreign.getLocalPort() + 1);
            assertThat(claim(folders(FIRST + 9), "db3").port()).isEqualTo(FIRST + 3);
        }
    }

    @RepeatedTest(20)
    void servers_that_are_claimed_at_once_get_different_ports() throws Exception {
        var folders = folders(FIRST + 19);
        var together = new CyclicBarrier(4);

        try (var threads = Executors.newFixedThreadPool(4)) {
            var claims =
                    threads.invokeAll(
                            IntStream.range(0, 4)
                                    .mapToObj(i ->
                                            (Callable<Integer>)
                                                    () -> {
                                                        together.await();
                                                        return claim(folders, "db" + i).port();
                                                    })
                                    .toList());

            assertThat(claims).extracting(Future::get).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_port_is_free_again_when_its_server_is_gone() throws IOException {
        var folders = folders(FIRST);
        claim(folders, "db1");
        assertThatThrownBy(() -> claim(folders, "db2"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("no port is free");

        folders.delete(folders.of(key("db1")));

        assertThat(claim(folders, "db2").port()).isEqualTo(FIRST);
    }

    @Test
    void a_port_is_free_again_when_somebody_has_deleted_its_server_by_hand() throws IOException {
        var folders = folders(FIRST);
        claim(folders, "db1");
        Trees.delete(folders.of(key("db1")).path());

        assertThat(claim(folders, "db2", OptionalInt.of(FIRST)).port()).isEqualTo(FIRST);
        Trees.delete(folders.of(key("db2")).path());
        assertThat(claim(folders, "db3").port()).isEqualTo(FIRST);
    }

    @Test
    void what_another_process_has_claimed_meanwhile_is_taken() throws IOException {
        var folders = folders(FIRST + 9);
        claim(folders, "db1");
        byAnotherProcess(folders, "db2", FIRST + 1);

        assertThat(claim(folders, "db3").port()).isEqualTo(FIRST + 2);

        folders.delete(folders.of(key("db1")));
        byAnotherProcess(folders, "db4", FIRST);
        folders.delete(folders.of(key("db3")));

        assertThat(claim(folders, "db5").port()).isEqualTo(FIRST + 2);
    }

    private void byAnotherProcess(ServerFolders folders, String server, int port)
            throws IOException {
        putByHand(folders, server, port);
        Files.writeString(LockFile.path(folder.resolve("servers")), "another process");
    }

    private static void putByHand(ServerFolders folders, String server, int port)
            throws IOException {
        var there = folders.of(key(server));
        Files.createDirectories(there.path());
        there.claim(record(key(server), port));
    }

    @Test
    void what_somebody_has_put_there_by_hand_is_taken_after_a_while() throws IOException {
        var servers = folder.resolve("servers");
        var now = new AtomicLong();
        var taken = new TakenPorts(servers, now::get);
        var lock = ServerLock.ofAll(servers);
        var nobody = folder.resolve("nobody");
        lock.lock();
        try {
            assertThat(taken.others(nobody)).isEmpty();
            putByHand(folders(FIRST), "db1", FIRST);
            assertThat(taken.others(nobody)).isEmpty();

            now.addAndGet(TimeUnit.SECONDS.toNanos(10));

            assertThat(taken.others(nobody)).containsExactly(FIRST);
        } finally {
            lock.unlock();
        }
    }

    @Test
    void an_interrupt_takes_no_lock_away() {
        var servers = folder.resolve("servers");
        var lock = ServerLock.ofAll(servers);
        lock.lock();
        try {
            Thread.currentThread().interrupt();
            assertThat(LockFile.of(servers).mark()).isFalse();
            assertThat(LockFile.of(servers).mark()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            lock.unlock();
        }
        assertThat(LockFile.path(servers)).isNotEmptyFile();
    }

    @Test
    void a_server_that_has_a_port_already_gets_that_one_or_none() throws IOException {
        var folders = folders(FIRST + 2);
        claim(folders, "db1");

        assertThat(claim(folders, "db2", OptionalInt.of(FIRST + 2)).port()).isEqualTo(FIRST + 2);
        assertThatThrownBy(() -> claim(folders, "db3", OptionalInt.of(FIRST)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("its port %d is taken by another server".formatted(FIRST));
    }

    @Test
    void what_the_disk_cannot_hold_is_refused_before_anything_is_made() {
        var folders = folders(FIRST);
        var huge = Long.MAX_VALUE / 2;

        assertThatThrownBy(() ->
                        folders.claim(
                                folders.of(key("db1")),
                                OURSELVES,
                                OptionalInt.empty(),
                                512L << 20,
                                huge,
                                port -> record(key("db1"), port)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("MB left, and a new server needs 512 MB for its size, and ")
                .hasMessageContaining(" MB for the copy")
                .hasMessageContaining("make room there");

        assertThat(folder.resolve("servers")).isEmptyDirectory();
    }

    @Test
    void the_record_is_there_before_anything_else_and_only_for_its_owner() throws IOException {
        var folders = folders(FIRST);

        var claimed = claim(folders, "db1");

        assertThat(folders.of(key("db1")).read()).hasValue(claimed);
        var file = folders.of(key("db1")).path().resolve("server.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_deleted_server_takes_empty_folders_with_it_and_no_others() throws IOException {
        var folders = folders(FIRST + 9);
        claim(folders, "db1");
        claim(folders, "db2");

        folders.delete(folders.of(key("db1")));

        assertThat(folders.of(key("db1")).path()).doesNotExist();
        assertThat(folders.of(key("db2")).path()).exists();

        folders.delete(folders.of(key("db2")));
        folders.delete(folders.of(key("db2")));

        assertThat(folder.resolve("servers")).isEmptyDirectory();
    }

    @Test
    void what_a_crash_left_of_a_deletion_goes_with_the_next() throws IOException {
        var folders = folders(FIRST);
        Files.createDirectories(folder.resolve("servers/.removed/some/data"));

        folders.delete(folders.of(key("db1")));

        assertThat(folder.resolve("servers")).isEmptyDirectory();
    }

    @Test
    void what_could_not_be_deleted_goes_before_the_next_server_is_built() throws IOException {
        var folders = folders(FIRST);
        Files.createDirectories(folder.resolve("servers/.removed/some/data"));

        claim(folders, "db1");

        assertThat(folder.resolve("servers/.removed")).doesNotExist();
        assertThat(folders.of(key("db1")).path()).exists();
    }

    @Test
    void names_become_folders_that_any_locale_can_name_and_stay_different() {
        assertThat(FolderName.of("shop_1.db-a")).isEqualTo("shop_1.db-a");
        assertThat(FolderName.of("größe")).isEqualTo("gr%C3%B6%C3%9Fe");
        assertThat(Set.of(FolderName.of("ü".repeat(99)), FolderName.of("ü".repeat(100))))
                .allMatch(it -> it.length() <= 200)
                .hasSize(2);
    }

    @Test
    void a_copy_for_which_the_disk_has_no_room_is_refused_before_anything_is_stopped()
            throws IOException {
        var folders = folders(FIRST + 9);
        claim(folders, "db1");

        folders.refuseToCopy(0);
        assertThatThrownBy(() -> folders.refuseToCopy(Long.MAX_VALUE / 2))
                .hasMessageContaining("MB left")
                .hasMessageContaining("make room there");
    }

    private ServerFolders folders(int last) {
        return new ServerFolders(
                LocalSettings.in(folder.resolve("servers"), folder).withPorts(FIRST, last));
    }

    private static ServerRecord claim(ServerFolders folders, String server) throws IOException {
        return claim(folders, server, OptionalInt.empty());
    }

    private static ServerRecord claim(ServerFolders folders, String server, OptionalInt known)
            throws IOException {
        return folders.claim(
                folders.of(key(server)), OURSELVES, known, 0, 0, port -> record(key(server), port));
    }

    private static ServerRecord record(ServerKey key, int port) {
        return new ServerRecord(
                key,
                Specification.of(Variant.POSTGRESQL).pinned(new Version("18.6")),
                Size.USUAL,
                Path.of("/programs"),
                port,
                false,
                Role.following(Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ServerKey key(String server) {
        return new ServerKey(
                new ApplicationName("shop", "production"),
                GroupName.parse("postgresql/main").orElseThrow(),
                new ServerName(server));
    }
}
