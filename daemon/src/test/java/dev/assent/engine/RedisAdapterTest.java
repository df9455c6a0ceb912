package dev.assent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.Size;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAdapterTest {

    private static final GroupCredentials CREDENTIALS =
            new GroupCredentials(
                    Secret.of("admin-pw"),
                    "shop",
                    "shop",
                    Secret.of("password"),
                    Secret.of("repl\"pw"));

    private final EngineAdapter redis = EngineAdapter.adapterFor(Variant.REDIS).orElseThrow();
    private final EngineAdapter valkey = EngineAdapter.adapterFor(Variant.VALKEY).orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d, 7.0.15,",
        "Redis server v=6.2.11 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64 build=f5b1, 6.2.11,",
        "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=6d95, ,",
        "Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1234, , 8.0.1",
        "bash: no such file, ,",
    })
    void each_program_has_its_own_versions_and_none_that_is_too_old(
            String printed, String ofRedis, String ofValkey) {
        assertThat(redis.versionIn(printed + "\n").map(Version::text))
                .isEqualTo(Optional.ofNullable(ofRedis));
        assertThat(valkey.versionIn(printed + "\n").map(Version::text))
                .isEqualTo(Optional.ofNullable(ofValkey));
    }

    @Test
    void the_command_names_program_and_data_folder_and_a_signal_stops_it() {
        assertThat(redis.run(site("7.0.15", "/db")))
                .containsExactly("/programs/redis-server", "/db/redis.conf", "--dir", "/db/data");
        assertThat(valkey.run(site("8.0.1", "/db"))).startsWith("/programs/valkey-server");
        assertThat(redis.stop(site("7.0.15", "/db"))).isEqualTo(new Stop.Signal());
    }

    @Test
    void what_was_acknowledged_is_durable_and_memory_follows_the_size() {
        assertThat(text(redis.configuration(site("7.0.15", "/db"), Optional.empty(), CREDENTIALS)))
                .contains("bind \"127.0.0.1\"", "port 20001", "appendonly yes")
                .contains("appendfsync always", "maxmemory-policy noeviction")
                .contains("maxmemory " + (192L << 20));
    }

    @Test
    void no_file_holds_a_password_but_the_one_that_a_replica_signs_in_with() {
        var primary = site("6.2.11", "/a");
        var replica = site("6.2.11", "/it's \"here\"");

        var files = redis.configuration(replica, Optional.of(primary), CREDENTIALS);

        assertThat(files).hasSize(2);
        assertThat(files.get(Path.of("/it's \"here\"/following.conf")))
                .contains("replicaof \"127.0.0.1\" 20001")
                .contains("masteruser replication\nmasterauth \"repl\\\"pw\"\n");
        assertThat(files.get(Path.of("/it's \"here\"/redis.conf")))
                .contains("include \"/it's \\\"here\\\"/following.conf\"")
                // SHA-256 of `password`.
                .contains("#5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8 ~* &*")
                .doesNotContain("admin-pw", "repl\\\"pw");
        assertThat(redis.configuration(primary, Optional.empty(), CREDENTIALS)).hasSize(1);
    }

    private static final String FOLLOWING =
            """
            # Server\r
            redis_version:7.2.4\r
            valkey_version:8.0.1\r
            loading:0\r
            aof_last_write_status:ok\r
            role:slave\r
            master_host:127.0.0.1\r
            master_port:20001\r
            master_link_status:up\r
            master_last_io_seconds_ago:4\r
            master_sync_in_progress:0\r
            slave_repl_offset:100\r
            master_replid:abc\r
            """;

    @Test
    void a_replica_tells_whom_it_follows_and_how_far_behind_it_is() {
        assertThat(RedisState.of(FOLLOWING).answer())
                .isEqualTo(
                        new Answer(
                                new Version("8.0.1"),
                                true,
                                Optional.of(new Endpoint("127.0.0.1", 20_001)),
                                Optional.of(Duration.ofSeconds(3)),
                                Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "link_status:up, link_status:down, it receives no changes from 127.0.0.1:20001",
        "write_status:ok, write_status:err, it could not write its changes to its disk",
        "loading:0, rdb_last_bgsave_status:err, its last snapshot failed",
    })
    void what_is_wrong_with_a_server_is_said_in_words(String ok, String bad, String trouble) {
        assertThat(RedisState.of(FOLLOWING.replace(ok, bad)).answer().trouble().orElse(""))
                .startsWith(trouble);
    }

    @Test
    void a_replica_that_is_still_copied_and_one_that_has_lost_its_source_say_so() {
        var down = FOLLOWING.replace("link_status:up", "link_status:down");

        assertThat(RedisState.of(down.replace("in_progress:0", "in_progress:1")).answer().trouble())
                .hasValue("it is still being copied from 127.0.0.1:20001");
        assertThat(RedisState.of(down + "master_link_down_since_seconds:7\r\n").answer().trouble())
                .hasValue("it has received no changes from 127.0.0.1:20001 for 7 s");
    }

    @ParameterizedTest
    @CsvSource({
        "slave_repl_offset:100, slave_repl_offset:100, true",
        "slave_repl_offset:100, slave_repl_offset:99, false",
        "master_replid:abc, master_replid:def, false",
        "link_status:up, link_status:down, false",
    })
    void an_heir_has_all_when_it_has_come_as_far_in_the_same_history(
            String from, String to, boolean all) {
        var primary =
                RedisState.of("role:master\r\nmaster_replid:abc\r\nmaster_repl_offset:100\r\n");

        assertThat(RedisReplication.hasAll(RedisState.of(FOLLOWING.replace(from, to)), primary))
                .isEqualTo(all);
    }

    @Test
    void of_a_log_only_complaints_are_told() {
        var log =
                List.of(
                        "12:C 26 Nov 2026 04:16:14.448 # oO0OoO0OoO0Oo Redis is starting",
                        "12:M 26 Nov 2026 04:16:14.450 # WARNING Memory overcommit must be enabled!",
                        "12:M 26 Nov 2026 04:16:14.450 * Ready to accept connections",
                        "12:M 26 Nov 2026 04:16:14.451 # Could not create server TCP listening socket",
                        "*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***",
                        "Bad directive or wrong number of arguments");

        assertThat(redis.meaningful(log)).isEqualTo(log.subList(3, 6));
        assertThat(redis.meaningful(log.subList(0, 3))).isEqualTo(log.subList(0, 3));
    }

    @Test
    void nobody_listens_is_said_without_a_password() {
        assertThatThrownBy(() -> redis.greet(new Endpoint("127.0.0.1", 1), CREDENTIALS))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not ask at 127.0.0.1:1: ")
                .hasMessageNotContaining("password");
    }

    private static String text(Map<Path, String> files) {
        return String.join("\n", files.values());
    }

    private static Site site(String version, String folder) {
        return new Site(
                new ServerKey(
                        new ApplicationName("shop", "production"),
                        GroupName.parse("redis/main").orElseThrow(),
                        new ServerName("db")),
                Specification.of(Variant.REDIS).pinned(new Version(version)),
                new Version(version),
                Size.USUAL,
                Path.of("/programs"),
                Path.of(folder),
                new Endpoint("127.0.0.1", 20_001));
    }
}
