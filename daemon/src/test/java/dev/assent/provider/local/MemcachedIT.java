package dev.assent.provider.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.model.Endpoint;
import dev.assent.model.Variant;
import dev.assent.provider.Health;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The machine's memcached.
class MemcachedIT {

    @TempDir Path cache;
    @TempDir Path folder;

    @Test
    void it_is_built_keeps_values_is_found_again_and_goes() throws IOException {
        try (var room = new LocalRoom(folder, cache)) {
            var installed = RedisIT.installed(Variant.MEMCACHED).findFirst();
            assumeTrue(installed.isPresent(), "memcached is not installed");
            var version = installed.orElseThrow();
            var order =
                    LocalRoom.with(
                            room.order(Variant.MEMCACHED, "cache1", version),
                            Map.of("memory", "16"));

            var endpoint = room.build(order);

            assertThat(say(endpoint, "set a 0 0 1\r\n1\r\n")).isEqualTo("STORED");
            assertThat(say(endpoint, "get a\r\n")).isEqualTo("VALUE a 0 1");
            assertThat(room.health(order).answer())
                    .hasValueSatisfying(it -> assertThat(it.version().text()).isEqualTo(version));
            assertThat(memory(endpoint)).isEqualTo(16L << 20);
            var pid = room.pid(order);
            var user = ServersUser.choose(Optional.empty());
            assertThat(new ProcessTable(user).on(room.folder(order).resolve("data")))
                    .extracting(ServerProcess::pid)
                    .containsExactly(pid);

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().until(() -> room.health(order).state() == Health.State.STOPPED);
            room.provider.start(order.key(), order.credentials());

            assertThat(say(endpoint, "get a\r\n")).isEqualTo("END");
            assertThat(Files.isDirectory(room.folder(order).resolve("data"))).isTrue();
        }
    }

    private static long memory(Endpoint endpoint) throws IOException {
        try (var socket = new Socket(endpoint.host(), endpoint.port())) {
            socket.getOutputStream().write("stats\r\n".getBytes(US_ASCII));
            var limit =
                    reader(socket)
                            .lines()
                            .filter(it -> it.startsWith("STAT limit_maxbytes "))
                            .findFirst()
                            .orElseThrow();
            return Long.parseLong(limit.substring(limit.lastIndexOf(' ') + 1));
        }
    }

    private static String say(Endpoint endpoint, String command) throws IOException {
        try (var socket = new Socket(endpoint.host(), endpoint.port())) {
            socket.getOutputStream().write(command.getBytes(US_ASCII));
            return String.valueOf(reader(socket).readLine());
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }
}
