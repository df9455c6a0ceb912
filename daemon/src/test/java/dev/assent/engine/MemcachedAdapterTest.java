package dev.assent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.Size;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemcachedAdapterTest {

    private final EngineAdapter adapter = EngineAdapter.adapterFor(Variant.MEMCACHED).orElseThrow();

    @Test
    void its_version_is_read_and_nobody_elses() {
        assertThat(adapter.versionIn("memcached 1.6.18\n")).hasValue(new Version("1.6.18"));
        assertThat(adapter.versionIn("memcached: command not found")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 256", "64, 64", "a lot, 256", "-1, 256"})
    void its_memory_is_what_the_group_says_or_else_its_size(String memory, String megabytes) {
        var specification =
                Specification.of(Variant.MEMCACHED).with(Map.of("memory", memory, "port", "1"));
        var site =
                new Site(
                        new ServerKey(
                                new ApplicationName("shop", "production"),
                                GroupName.parse("memcached/main").orElseThrow(),
                                new ServerName("cache")),
                        specification,
                        new Version("1.6.18"),
                        Size.USUAL,
                        Path.of("/usr/bin"),
                        Path.of("/servers/cache"),
                        new Endpoint("127.0.0.1", 20_001));

        assertThat(adapter.run(site))
                .containsExactly(
                        "/usr/bin/memcached",
                        "--listen=127.0.0.1",
                        "--port=20001",
                        "--udp-port=0",
                        "--memory-limit=" + megabytes,
                        "--pidfile=/servers/cache/data/memcached.pid");
    }
}
