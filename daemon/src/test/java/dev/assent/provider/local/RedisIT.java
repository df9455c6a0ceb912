package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.engine.EngineAdapter;
import dev.assent.engine.Site;
import dev.assent.engine.Workbench;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerSpec;
import dev.assent.model.Size;
import dev.assent.model.Sizes;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;

/// Real Redis servers on this machine: the archive's, and what the machine has.
class RedisIT {

    private static final String ARCHIVED = "6.2.11";

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

    static List<String> versions() {
        return Stream.concat(Stream.of(ARCHIVED), installed(Variant.REDIS)).distinct().toList();
    }

    static Stream<String> installed(Variant variant) {
        var adapter = EngineAdapter.adapterFor(variant).orElseThrow();
        return new InstalledPrograms(Path.of("/"))
                .of(variant, adapter).keySet().stream().map(Version::text);
    }

    /// What every engine's servers have to do, in every version, is in [EngineContract].
    @Test
    void a_replica_takes_no_writes_and_a_fence_cuts_clients_off() throws IOException {
        var first = room.order(Variant.REDIS, "redis1", ARCHIVED);
        var second = room.replicaOf(first, "redis2");
        var adapter = EngineAdapter.adapterFor(Variant.REDIS).orElseThrow();

        var write = room.build(first);
        say(write, first, redis -> redis.set("note", "größe"));
        var read = room.build(second);

        say(read, second, redis -> assertThat(redis.get("note")).isEqualTo("größe"));
        say(write, first, redis -> redis.set("note", "after"));
        await().untilAsserted(() ->
                say(read, second, redis -> assertThat(redis.get("note")).isEqualTo("after")));
        assertThatThrownBy(() -> say(read, second, redis -> redis.set("note", "mine")))
                .hasMessageContaining("READONLY");
        assertThat(room.health(second).detail()).isEmpty();
        assertThat(room.health(second).lag()).isPresent();
        assertThat(room.health(second).answer())
                .hasValueSatisfying(it -> assertThat(it.source()).contains(write));

        try (var client = client(write, first.credentials())) {
            client.ping();
            adapter.fence(
                    site(first, write), site(second, read), first.credentials(), NO_WORKBENCH);
            assertThatThrownBy(client::ping).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> say(write, first, redis -> redis.set("note", "lost")))
                .hasMessageContaining("WRONGPASS");
        adapter.promote(site(second, read), first.credentials(), NO_WORKBENCH);

        say(read, second, redis -> redis.set("note", "promoted"));
        assertThat(room.health(second).answer())
                .hasValueSatisfying(it -> assertThat(it.replica()).isFalse());
    }

    /// With the words that client libraries and frameworks use, and those that nobody but Assent
    /// has business with.
    @ParameterizedTest
    @MethodSource("versions")
    void the_application_has_its_data_and_not_the_server(String version) throws IOException {
        var order = room.order(Variant.REDIS, "redis1", version);

        var endpoint = room.build(order);

        say(
                endpoint,
                order,
                redis -> {
                    redis.clientSetname("shop");
                    assertThat(redis.clientList()).contains("name=shop");
                    assertThat(redis.info()).contains("redis_version:" + version);
                    redis.set("a", "1");
                    assertThat(redis.keys("*")).containsExactly("a");
                    assertThat(redis.eval("return redis.call('get', 'a')")).isEqualTo("1");
                    redis.select(3);
                    redis.flushDB();
                    redis.flushAll();
                    for (var refused :
                            List.<Runnable>of(
                                    () -> redis.configGet("*"),
                                    () -> redis.aclList(),
                                    () -> redis.replicaofNoOne(),
                                    () -> redis.migrate("127.0.0.1", 1, "a", 0, 1))) {
                        assertThatThrownBy(refused::run).hasMessageContaining("NOPERM");
                    }
                });
        var adapter = EngineAdapter.adapterFor(Variant.REDIS).orElseThrow();
        assertThat(adapter.greet(endpoint, order.credentials()).version().text())
                .isEqualTo(version);
        assertThatThrownBy(() -> new Jedis(endpoint.host(), endpoint.port()).ping())
                .hasMessageContaining("NOAUTH");
        try (var files = Files.walk(room.folder(order))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(it ->
                            assertThat(Files.readString(it, StandardCharsets.ISO_8859_1))
                                    .doesNotContain(order.credentials().password().reveal())
                                    .doesNotContain(order.credentials().admin().reveal()));
        }
    }

    @Test
    void what_was_acknowledged_is_there_after_a_death_and_after_a_stop() throws IOException {
        var order = room.order(Variant.REDIS, "redis1", ARCHIVED);
        var endpoint = room.build(order);
        say(endpoint, order, redis -> redis.set("a", "1"));
        var pid = room.pid(order);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().until(() -> room.health(order).state() == Health.State.STOPPED);
        room.provider.start(order.key(), order.credentials());
        say(endpoint, order, redis -> assertThat(redis.get("a")).isEqualTo("1"));
        say(endpoint, order, redis -> redis.set("a", "2"));

        stop(order);
        assertThat(room.health(order).state()).isEqualTo(Health.State.STOPPED);
        assertThat(room.folder(order).resolve("log/server.log"))
                .content()
                .contains("Redis is now ready to exit");
        room.provider.start(order.key(), order.credentials());
        say(endpoint, order, redis -> assertThat(redis.get("a")).isEqualTo("2"));
    }

    private void stop(BuildOrder order) throws IOException {
        var user = ServersUser.choose(Optional.empty());
        new LocalServers(
                        room.settings,
                        Programs.of(room.settings),
                        user,
                        new DetachedProcesses(user))
                .find(order.key())
                .orElseThrow()
                .stop();
    }

    @Test
    void a_replica_without_its_source_says_so() {
        var first = room.order(Variant.REDIS, "redis1", ARCHIVED);
        var second = room.replicaOf(first, "redis2");
        room.build(first);
        room.build(second);

        ProcessHandle.of(room.pid(first)).orElseThrow().destroyForcibly();

        await().untilAsserted(() ->
                assertThat(room.health(second).detail().orElse(""))
                        .contains("no changes from 127.0.0.1:"));
    }

    @Test
    void a_server_keeps_what_its_size_meant_when_it_was_built() {
        var order = sized(room.order(Variant.REDIS, "redis1", ARCHIVED), "small");
        var small = new Size(128L << 20, 1L << 20);
        var large = new Size(512L << 20, 1L << 20);
        Endpoint endpoint;
        try (var provider = provider(Map.of("small", small))) {
            endpoint = provider.build(order, Progress.SILENT);
        }

        say(endpoint, order, redis -> assertThat(memory(redis)).isEqualTo(96L << 20));

        ProcessHandle.of(room.pid(order)).orElseThrow().destroyForcibly();
        try (var provider = provider(Map.of("small", large))) {
            await().until(() -> room.health(order).state() == Health.State.STOPPED);
            assertThat(provider.build(order, Progress.SILENT)).isEqualTo(endpoint);
        }
        say(endpoint, order, redis -> assertThat(memory(redis)).isEqualTo(96L << 20));
    }

    private LocalProvider provider(Map<String, Size> sizes) {
        return new LocalProvider("here", room.settings.withSizes(new Sizes(sizes)));
    }

    private static BuildOrder sized(BuildOrder order, String size) {
        return new BuildOrder(
                order.key(),
                order.specification(),
                new ServerSpec(order.server().name(), new TreeMap<>(Map.of("size", size))),
                order.credentials(),
                order.source());
    }

    private static long memory(Jedis redis) {
        return redis.info("memory")
                .lines()
                .filter(it -> it.startsWith("maxmemory:"))
                .mapToLong(it -> Long.parseLong(it.substring("maxmemory:".length())))
                .findFirst()
                .orElseThrow();
    }

    private interface Errand {
        void go(Jedis redis);
    }

    private static void say(Endpoint endpoint, BuildOrder order, Errand errand) {
        try (var redis = client(endpoint, order.credentials())) {
            errand.go(redis);
        }
    }

    /// As a client signs in that is given nothing but a password.
    private static Jedis client(Endpoint endpoint, GroupCredentials credentials) {
        var redis = new Jedis(endpoint.host(), endpoint.port());
        redis.auth(credentials.password().reveal());
        return redis;
    }

    private Site site(BuildOrder order, Endpoint endpoint) {
        return new Site(
                order.key(),
                order.specification(),
                order.specification().version().orElseThrow(),
                Size.USUAL,
                Path.of("/usr/bin"),
                room.folder(order),
                endpoint);
    }

    /// Nothing of that needs the machine.
    private static final Workbench NO_WORKBENCH = new LocalWorkbench(Path.of("/nowhere"), nobody());

    private static ServersUser nobody() {
        return new ServersUser("nobody", 65_534, 65_534, false);
    }
}
