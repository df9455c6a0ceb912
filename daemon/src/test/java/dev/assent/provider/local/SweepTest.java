package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

    @TempDir Path servers;
    private Path server;

    @BeforeEach
    void server() throws IOException {
        server = servers.resolve("shop/production/redis/main/db1");
        Files.createDirectories(server.resolve("data"));
        Files.writeString(server.resolve("server.json"), "{}");
        Files.writeString(server.resolve("data/.standby"), "the engine's own");
    }

    @Test
    void what_a_crash_left_of_a_removed_server_is_deleted() throws IOException {
        Files.createDirectories(servers.resolve(".removed/1/data"));
        Files.writeString(servers.resolve(".removed/1/data/dump.rdb"), "data");

        new Sweep(servers).go();

        assertThat(servers.resolve(".removed")).doesNotExist();
        assertThat(server.resolve("server.json")).exists();
    }

    @Test
    void files_that_were_never_put_in_place_are_deleted_and_nothing_else() throws IOException {
        Files.writeString(server.resolve(".redis.conf.assent-new"), "requirepass secret");
        Files.writeString(server.resolve("data/.standby.signal.assent-new"), "");

        new Sweep(servers).go();

        assertThat(server.resolve(".redis.conf.assent-new")).doesNotExist();
        assertThat(server.resolve("data/.standby.signal.assent-new")).doesNotExist();
        assertThat(server.resolve("data/.standby")).exists();
        assertThat(server.resolve("server.json")).exists();
    }

    @Test
    void the_empty_folders_around_a_removed_server_are_deleted() throws IOException {
        Files.createDirectories(servers.resolve("shop/production/redis/gone"));
        Files.createDirectories(servers.resolve("other/production"));

        new Sweep(servers).go();

        assertThat(servers.resolve("shop/production/redis/gone")).doesNotExist();
        assertThat(servers.resolve("other")).doesNotExist();
        assertThat(server.resolve("data")).exists();
    }

    @Test
    void it_is_done_once_in_the_life_of_a_process() throws IOException {
        new Sweep(servers).once();
        Files.writeString(server.resolve(".redis.conf.assent-new"), "being written");

        new Sweep(servers).once();

        assertThat(server.resolve(".redis.conf.assent-new")).exists();
    }

    @Test
    void a_folder_that_is_not_there_yet_needs_no_sweeping() throws IOException {
        new Sweep(servers.resolve("none")).go();

        assertThat(servers.resolve("none")).doesNotExist();
    }
}
