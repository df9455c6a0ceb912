package dev.assent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.Size;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAdapterTest {

    private static final Endpoint PRIMARY = new Endpoint("127.0.0.1", 20_000);

    private final EngineAdapter adapter =
            EngineAdapter.adapterFor(Variant.POSTGRESQL).orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1), 15.18",
        "postgres (PostgreSQL) 18.6, 18.6"
    })
    void a_version_is_read_from_what_the_program_prints(String printed, String version) {
        assertThat(adapter.versionIn(printed + "\n")).hasValue(new Version(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres (PostgreSQL) 19beta1",
                "postgres (PostgreSQL) 12.22",
                "bash: no such file",
                ""
            })
    void what_is_no_release_that_we_can_run_has_no_version(String printed) {
        assertThat(adapter.versionIn(printed)).isEmpty();
    }

    @Test
    void every_command_names_the_programs_and_the_data_folder() {
        var site = site("/servers/db", Map.of());

        assertThat(
                        List.of(
                                adapter.run(site),
                                ((Stop.Command) adapter.stop(site)).argv(),
                                PostgresCommands.initialise(site, Path.of("/pw"))))
                .allSatisfy(it -> {
                    assertThat(it.getFirst()).startsWith("/programs/");
                    assertThat(it).contains("/servers/db/data");
                });
    }

    @Test
    void a_declared_encoding_is_used_and_unicode_is_the_default() {
        assertThat(PostgresCommands.initialise(site("/db", Map.of()), Path.of("/pw")))
                .contains("--encoding=UTF8", "--locale=C.UTF-8");
        assertThat(
                        PostgresCommands.initialise(
                                site("/db", Map.of("encoding", "unicode")), Path.of("/pw")))
                .contains("--encoding=UTF8");
        assertThat(
                        PostgresCommands.initialise(
                                site("/db", Map.of("encoding", "LATIN1")), Path.of("/pw")))
                .contains("--encoding=LATIN1", "--locale=C");
    }

    @Test
    void a_new_data_folder_is_always_flushed_to_the_disk() {
        assertThat(PostgresCommands.initialise(site("/db", Map.of()), Path.of("/pw")))
                .contains("--sync-method=syncfs")
                .doesNotContain("--no-sync", "-N");
    }

    @Test
    void values_in_the_configuration_cannot_leave_their_quotes() {
        var site = site("/it's\\here", Map.of());

        var files = PostgresConfiguration.ofReplica(site, PRIMARY, Secret.of("s3cret"));

        var text = files.get(PostgresConfiguration.file(site));
        assertThat(text)
                .contains("hba_file = '/it''s\\\\here/pg_hba.conf'")
                .contains("passfile=''/it\\\\''s\\\\\\\\here/replication.pgpass''")
                .doesNotContain("s3cret");
        assertThat(files.get(PostgresConfiguration.passwordFile(site)))
                .isEqualTo("127.0.0.1:20000:*:assent_replication:s3cret\n");
    }

    @Test
    void memory_follows_the_size() {
        var site = site("/db", Map.of());

        assertThat(PostgresConfiguration.ofPrimary(site).get(PostgresConfiguration.file(site)))
                .contains("shared_buffers = '64MB'", "effective_cache_size = '192MB'");
    }

    @Test
    void nobody_connects_without_a_password_or_from_elsewhere() {
        var site = site("/db", Map.of());

        var files = PostgresConfiguration.ofPrimary(site);

        assertThat(files.getOrDefault(Path.of("/db/pg_hba.conf"), "?").lines())
                .filteredOn(it -> !it.startsWith("#"))
                .allMatch(it -> it.endsWith("samehost scram-sha-256"));
        assertThat(files.get(PostgresConfiguration.file(site)))
                .contains("listen_addresses = '127.0.0.1'")
                .contains("unix_socket_directories = ''");
    }

    @Test
    void names_are_quoted_and_too_long_ones_refused() {
        assertThat(PostgresText.identifier("a\"; DROP ROLE b; --"))
                .isEqualTo("\"a\"\"; DROP ROLE b; --\"");
        assertThatThrownBy(() -> PostgresText.identifier("ü".repeat(32)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("at most 63 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "base/1/1259", "pg_wal", "global/pg_control", "PG_VERSION"})
    void a_clone_takes_what_is_data(String path) {
        assertThat(PostgresClone.wanted(Path.of(path))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_wal/000000010000000000000001",
                "pg_replslot/assent_db",
                "postmaster.pid",
                "base/pgsql_tmp",
                "base/1/pg_internal.init",
                "backup_label",
                "standby.signal"
            })
    void a_clone_leaves_what_is_of_one_server_only(String path) {
        assertThat(PostgresClone.wanted(Path.of(path))).isFalse();
    }

    @Test
    void slots_have_names_that_postgresql_takes_and_that_differ() {
        var one = PostgresSlot.of(key("Größe-1")).name();
        var other = PostgresSlot.of(key("Größe_1")).name();

        assertThat(one).matches("[a-z0-9_]{1,63}").isNotEqualTo(other);
        assertThat(PostgresSlot.of(key("x".repeat(100))).name()).matches("[a-z0-9_]{1,63}");
    }

    @Test
    void of_a_log_the_complaints_are_told_and_where_there_are_none_all_of_it() {
        var complaint = "2026 UTC [1] FATAL:  could not create lock file";
        var calm = "2026 UTC [1] LOG:  starting PostgreSQL";

        assertThat(adapter.meaningful(List.of(calm, complaint))).containsExactly(complaint);
        assertThat(adapter.meaningful(List.of(calm))).containsExactly(calm);
    }

    private static Site site(String folder, Map<String, String> settings) {
        return new Site(
                key("db1"),
                Specification.of(Variant.POSTGRESQL).with(settings),
                new Version("18.6"),
                Size.USUAL,
                Path.of("/programs"),
                Path.of(folder),
                new Endpoint("127.0.0.1", 20_001));
    }

    private static ServerKey key(String server) {
        return new ServerKey(
                new ApplicationName("shop", "production"),
                GroupName.parse("postgresql/main").orElseThrow(),
                new ServerName(server));
    }
}
