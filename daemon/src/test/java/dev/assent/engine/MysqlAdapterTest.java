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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlAdapterTest {

    private static final GroupCredentials CREDENTIALS =
            new GroupCredentials(
                    Secret.of("admin secret"),
                    "shop",
                    "shop_production",
                    Secret.of("application secret"),
                    Secret.of("replication secret"));

    @ParameterizedTest
    @CsvSource({
        "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12), MARIADB, 10.11.19",
        "/opt/bin/mariadbd  Ver 11.4.5-MariaDB for Linux on x86_64 (MariaDB Server), MARIADB, 11.4.5",
        "/usr/sbin/mysqld  Ver 8.0.40 for Linux on x86_64 (MySQL Community Server - GPL), MYSQL, 8.0.40",
        "/usr/sbin/mysqld  Ver 8.0.40-0ubuntu0.22.04.1 for Linux on x86_64 ((Ubuntu)), MYSQL, 8.0.40",
        "mysqld  Ver 8.4.3-3 for Linux on x86_64 (Percona Server (GPL) Release 3), PERCONA, 8.4.3"
    })
    void a_version_is_read_from_what_the_program_prints_and_relatives_are_told_apart(
            String printed, Variant variant, String version) {
        for (var other : Variant.of(variant.engine())) {
            assertThat(adapter(other).versionIn(printed + "\n"))
                    .isEqualTo(
                            other == variant
                                    ? Optional.of(new Version(version))
                                    : Optional.empty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysqld  Ver 10.3.39-MariaDB for Linux on x86_64",
                "mysqld  Ver 5.7.44 for Linux on x86_64 (MySQL Community Server (GPL))",
                "mysqld  Ver 8.0.22 for Linux on x86_64 (MySQL Community Server - GPL)",
                "bash: no such file",
                ""
            })
    void what_is_too_old_or_something_else_has_no_version(String printed) {
        for (var variant : List.of(Variant.MARIADB, Variant.MYSQL, Variant.PERCONA)) {
            assertThat(adapter(variant).versionIn(printed)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "PERCONA"})
    void every_command_names_the_data_folder_and_the_servers_own_file_comes_first(Variant variant) {
        var site = site("/servers/db", variant, Map.of());

        assertThat(adapter(variant).run(site))
                .containsExactly(
                        "/programs/bin/" + adapter(variant).program(),
                        "--defaults-file=/servers/db/server.cnf",
                        "--datadir=/servers/db/data");
        assertThat(adapter(variant).stop(site)).contains("/servers/db/data");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "PERCONA"})
    void a_server_listens_at_its_address_alone_is_durable_and_knows_no_password(Variant variant) {
        var text = configuration(site("/db", variant, Map.of()), Optional.empty());

        assertThat(text.lines())
                .contains(
                        "bind_address = \"127.0.0.1\"",
                        "socket =",
                        "skip_name_resolve = ON",
                        "local_infile = OFF",
                        "sync_binlog = 1",
                        "innodb_flush_log_at_trx_commit = 1",
                        "log_slave_updates = ON",
                        "performance_schema = OFF",
                        "innodb_buffer_pool_size = 128M",
                        "character_set_server = utf8mb4")
                .anyMatch(it -> it.startsWith("secure_file_priv = "))
                .noneMatch(it -> it.contains("read_only"));
        assertThat(text).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "PERCONA"})
    void a_replica_takes_no_writes_from_its_first_moment(Variant variant) {
        var site = site("/db", variant, Map.of());

        assertThat(configuration(site, Optional.of(site))).contains("read_only = ON");
    }

    @Test
    void more_memory_is_used_and_little_is_enough_to_start_with() {
        var large = site(16L << 30);
        var least = site(Size.LEAST_MEMORY);

        assertThat(configuration(large, Optional.empty()))
                .contains("innodb_buffer_pool_size = 8192M", "performance_schema = ON");
        assertThat(configuration(least, Optional.empty()))
                .contains("innodb_buffer_pool_size = 32M", "performance_schema = OFF");
    }

    @Test
    void a_declared_encoding_is_used_if_it_can_be_one() {
        assertThat(configuration(encoded("UTF8"), Optional.empty()))
                .contains("character_set_server = utf8mb4");
        assertThat(configuration(encoded("latin1"), Optional.empty()))
                .contains("character_set_server = latin1");
        assertThatThrownBy(
                        () -> configuration(encoded("latin1\nplugin_load = x"), Optional.empty()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is no encoding of mariadb");
    }

    @Test
    void values_in_the_configuration_cannot_leave_their_quotes() {
        var site = site("/it's # a\\path", Variant.MARIADB, Map.of());

        assertThat(configuration(site, Optional.empty()))
                .contains("datadir = \"/it's # a\\\\path/data\"\n");
        assertThatThrownBy(() -> MysqlText.option("a\"b"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("quotation marks");
        assertThatThrownBy(() -> MysqlText.option("a\nb")).isInstanceOf(EngineException.class);
    }

    @Test
    void names_and_texts_cannot_leave_their_quotes_either() {
        assertThat(MysqlText.identifier("a`; DROP")).isEqualTo("`a``; DROP`");
        assertThat(MysqlText.grantedOn("shop_a%")).isEqualTo("`shop\\_a\\%`");
        assertThat(MysqlText.literal("a'; --\\")).isEqualTo("'a\\'; --\\\\'");
        assertThatThrownBy(() -> MysqlText.identifier("x".repeat(65)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("at most 64 characters");
    }

    /// What MariaDB's own `SELECT PASSWORD('test')` gives.
    @Test
    void a_password_is_told_to_mariadb_as_what_it_would_keep_of_it() {
        assertThat(new MariaDbDialect().identifiedBy(Secret.of("test")))
                .isEqualTo(" IDENTIFIED BY PASSWORD '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'");
    }

    @Test
    void a_program_that_is_not_there_is_told_with_a_way_out() {
        var site = site("/db", Variant.MARIADB, Map.of());

        assertThatThrownBy(() -> MysqlCommands.beside(site, "mariadb-dump"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(
                        "there is no mariadb-dump with the mariadb 11.4.5 in /programs/bin; install it");
    }

    @Test
    void servers_have_different_numbers_that_stay() {
        assertThat(MysqlServerId.of(key("db1"))).isEqualTo(MysqlServerId.of(key("db1")));
        assertThat(IntStream.range(0, 1000).mapToLong(i -> MysqlServerId.of(key("db" + i))))
                .doesNotHaveDuplicates()
                .allMatch(it -> it > 0 && it < 1L << 32);
    }

    @Test
    void where_a_dump_was_taken_is_told_by_one_of_its_statements() {
        assertThat(new MariaDbDialect().positionIn("SET GLOBAL gtid_slave_pos='0-7-12,1-7-3'"))
                .hasValue("0-7-12,1-7-3");
        assertThat(
                        new OracleDialect(Variant.MYSQL)
                                .positionIn(
                                        "SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,\n"
                                                + "4e11fa47-71ca-11e1-9e33-c80aa9429562:1'"))
                .hasValue(
                        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,4e11fa47-71ca-11e1-9e33-c80aa9429562:1");
        assertThat(new MariaDbDialect().positionIn("SET GLOBAL x='0-7-12'")).isEmpty();
    }

    @Test
    void the_names_of_assents_own_users_are_refused() {
        var adapter = adapter(Variant.MARIADB);
        var taken =
                new GroupCredentials(
                        CREDENTIALS.admin(),
                        "assent_replication",
                        CREDENTIALS.database(),
                        CREDENTIALS.password(),
                        CREDENTIALS.replication());

        assertThatThrownBy(() -> adapter.admit(site("/db", Variant.MARIADB, Map.of()), taken))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("`assent_replication` is Assent's own");
    }

    @Test
    void of_a_log_the_complaints_are_told_and_where_there_are_none_all_of_it() {
        var adapter = adapter(Variant.MARIADB);
        var complaint = "2026-11-26  4:20:53 0 [ERROR] Can't start server: Bind on TCP/IP port";
        var calm = "2026-11-26  4:20:53 0 [Note] InnoDB: Using io_uring";

        assertThat(adapter.meaningful(List.of(calm, complaint))).containsExactly(complaint);
        assertThat(adapter.meaningful(List.of(calm))).containsExactly(calm);
    }

    private static EngineAdapter adapter(Variant variant) {
        return EngineAdapter.adapterFor(variant).orElseThrow();
    }

    private static String configuration(Site site, Optional<Site> source) {
        return adapter(site.specification().variant())
                .configuration(site, source, CREDENTIALS)
                .getOrDefault(site.folder().resolve("server.cnf"), "?");
    }

    private static Site encoded(String encoding) {
        return site("/db", Variant.MARIADB, Map.of("encoding", encoding));
    }

    private static Site site(long memory) {
        var usual = site("/db", Variant.MARIADB, Map.of());
        return new Site(
                usual.server(),
                usual.specification(),
                usual.version(),
                new Size(memory, 0),
                usual.programs(),
                usual.folder(),
                usual.endpoint());
    }

    private static Site site(String folder, Variant variant, Map<String, String> settings) {
        return new Site(
                key("db1"),
                Specification.of(variant).with(settings),
                new Version(variant == Variant.MARIADB ? "11.4.5" : "8.4.3"),
                Size.USUAL,
                Path.of("/programs/bin"),
                Path.of(folder),
                new Endpoint("127.0.0.1", 20_001));
    }

    private static ServerKey key(String server) {
        return new ServerKey(
                new ApplicationName("shop", "production"),
                GroupName.parse("mysql/main").orElseThrow(),
                new ServerName(server));
    }
}
