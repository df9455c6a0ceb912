package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.desired;
import static dev.assent.manifest.Manifests.group;
import static dev.assent.manifest.Manifests.problem;
import static dev.assent.manifest.Manifests.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.assent.model.Backups;
import dev.assent.model.Desired.DesiredBackups;
import dev.assent.model.Desired.Source;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.ServerName;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis: {servers: [{server: {unique_name: one, size: 2gb}}]}",
                "redis: {server: {unique_name: one, size: 2gb}}",
                "redis: {servers: {server: {unique_name: one, size: 2gb}}}",
                "redis: {servers: {unique_name: one, size: 2gb}}",
                "redis: {servers: [{unique_name: one, size: 2gb}]}",
                "redis: {unique_name: one, size: 2gb}",
                "redis: {groups: {default: {servers: [{server: {unique_name: one, size: 2gb}}]}}}",
            })
    void one_server_can_be_written_in_many_ways(String yaml) {
        var servers = group(yaml).servers();

        assertThat(servers).hasSize(1);
        assertThat(servers.getFirst().name()).contains(new ServerName("one"));
        assertThat(servers.getFirst().settings()).containsExactly(entry("size", "2gb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis: external",
                "redis: {server: external}",
                "redis: {servers: external}",
                "redis: {servers: [external]}",
                "redis: {servers: [{server: external}]}",
                "redis: {servers: {server: external}}",
                "redis: {server: {server: external, unique_name: one}}",
                "redis: {shared_server: backend}",
                "redis: {shared_group: web, configuration: {version: '7.2'}}",
                "redis: {groups: {default: external}}",
            })
    void external_can_be_written_in_many_ways(String yaml) {
        assertThat(group(yaml).external()).isTrue();
        assertThat(group(yaml).servers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:",
                "redis: {}",
                "redis: {server: }",
                "redis: {servers: }",
                "redis: {servers: []}",
                "redis: {server: internal}",
                "redis: {configuration: }",
                "redis: {configuration: {version: }}",
                "redis: {configuration: {version: ''}}",
                "redis: {groups: {default: }}",
            })
    void a_group_can_be_declared_without_servers_and_without_version(String yaml) {
        assertThat(codes(yaml)).isEmpty();
        assertThat(group(yaml).external()).isFalse();
        assertThat(group(yaml).servers()).isEmpty();
        assertThat(group(yaml).specification().version()).isEmpty();
    }

    @Test
    void a_server_of_which_nothing_is_said_has_no_name() {
        var servers = group("redis: {servers: [{server: }, {server: {size: 2gb}}]}").servers();

        assertThat(servers).hasSize(2).allMatch(it -> it.name().isEmpty());
    }

    @Test
    void groups_come_in_the_order_of_the_file_with_their_own_engines_and_versions() {
        var yaml =
                """
                production:
                  redis: {configuration: {version: 7.0}}
                  mysql:
                    groups:
                      second: {configuration: {engine: mariadb, version: 10.11}}
                      first: {configuration: {version: "8.0", root_disk_size: 100}}
                """;

        var groups = desired(yaml, "production").groups();

        assertThat(groups)
                .extracting(it -> it.name().toString())
                .containsExactly("redis/default", "mysql/second", "mysql/first");
        assertThat(groups)
                .extracting(it -> it.specification().variant())
                .containsExactly(Variant.REDIS, Variant.MARIADB, Variant.MYSQL);
        assertThat(groups)
                .extracting(it -> it.specification().version().orElseThrow())
                .containsExactly(new Version("7.0"), new Version("10.11"), new Version("8.0"));
        assertThat(groups.getLast().specification().settings())
                .containsExactly(entry("root_disk_size", "100"));
        assertThat(groups.getLast().place().line()).isEqualTo(6);
    }

    @Test
    void the_short_form_and_a_group_default_are_one_too_many() {
        var problem =
                problem(
                        """
                        mysql:
                          configuration: {version: "8.0"}
                          groups:
                            default: {configuration: {version: "5.7"}}
                        """);

        assertThat(problem.code()).isEqualTo(Code.SHORT_FORM_AND_DEFAULT);
        assertThat(problem.place().line()).isEqualTo(4);
        assertThat(problem.message()).contains("line 2");
    }

    @Test
    void the_short_form_beside_groups_of_other_names_is_the_group_default() {
        var yaml = "mysql: {configuration: {version: '8.0'}, groups: {other: {}}}";

        assertThat(desired(yaml, "production").groups())
                .extracting(it -> it.name().name())
                .containsExactly("default", "other");
    }

    @Test
    void keys_beside_server_are_an_error_with_the_repaired_lines() {
        var problem =
                problem(
                        """
                        mysql:
                          servers:
                          - server:
                            unique_name: db1
                            size: 2gb
                        """);

        assertThat(problem.code()).isEqualTo(Code.KEYS_BESIDE_SERVER);
        assertThat(problem.mended())
                .containsExactly("  - server:", "      unique_name: db1", "      size: 2gb");
    }

    @Test
    void keys_that_slipped_out_of_the_list_are_an_error_with_the_repaired_lines() {
        var problem =
                problem(
                        """
                        mysql:
                          servers:
                          - server:
                          unique_name: db1
                          size: 2gb
                        """);

        assertThat(problem.code()).isEqualTo(Code.KEYS_BESIDE_SERVER);
        assertThat(problem.mended())
                .containsExactly("  - server:", "      unique_name: db1", "      size: 2gb");
    }

    @Test
    void settings_beside_configuration_count_with_a_warning() {
        var yaml = "memcached: {memory: 1024, version: '1.6', configuration: {port: 11215}}";

        assertThat(group(yaml).specification().version()).contains(new Version("1.6"));
        assertThat(group(yaml).specification().settings())
                .containsExactly(entry("memory", "1024"), entry("port", "11215"));
        assertThat(codes(yaml)).containsExactly(Code.MISPLACED_KEY);
    }

    @Test
    void settings_beside_configuration_are_shown_where_they_belong() {
        var problem = problem("memcached:\n  memory: 1024\n  port: 11215\n");

        assertThat(problem.message()).isEqualTo("`memory` and `port` stand directly in the group");
        assertThat(problem.mended())
                .containsExactly("  configuration:", "    memory: 1024", "    port: 11215");
    }

    @Test
    void a_setting_beside_a_configuration_is_told_where_that_is() {
        var problem = problem("memcached:\n  memory: 1024\n  configuration:\n    port: 11215\n");

        assertThat(problem.suggestion()).contains("put it under `configuration:` in line 3");
        assertThat(problem.mended()).isEmpty();
    }

    @Test
    void keys_directly_in_the_list_of_servers_are_shown_beneath_one() {
        var problem = problem("redis:\n  servers:\n  - unique_name: a\n    size: 2gb\n");

        assertThat(problem.code()).isEqualTo(Code.MISPLACED_KEY);
        assertThat(problem.mended())
                .containsExactly("  - server:", "      unique_name: a", "      size: 2gb");
    }

    @Test
    void servers_under_names_of_their_own_are_not_lost_in_silence() {
        var problem = problem("redis: {servers: {one: {size: 2gb}, two: {size: 2gb}}}");

        assertThat(problem.code()).isEqualTo(Code.WRONG_TYPE);
        assertThat(problem.message()).endsWith("and is a mapping of names");
        assertThat(codes("redis: {servers: {server: {unique_name: a}, two: {unique_name: b}}}"))
                .containsExactly(Code.WRONG_TYPE);
        assertThat(codes("redis: {servers: {two: {size: 2gb}, unique_name: b}}"))
                .containsExactly(Code.WRONG_TYPE);
    }

    @Test
    void a_setting_of_another_engine_has_no_effect() {
        var problem = problem("postgresql: {configuration: {port: 5432, postgis: true}}");

        assertThat(problem.code()).isEqualTo(Code.NO_EFFECT);
        assertThat(problem.message())
                .isEqualTo(
                        "`port` has no effect on postgresql; only memcached takes it from a manifest");
        assertThat(codes("memcached: {configuration: {port: 11215}}")).isEmpty();
        assertThat(codes("postgresql: {server: external, configuration: {port: 5432}}")).isEmpty();
    }

    @Test
    void a_password_in_a_manifest_has_no_effect() {
        assertThat(codes("redis:\n  configuration:\n    password: <%= ENV['REDIS'] %>\n"))
                .containsExactly(Code.NO_EFFECT);
    }

    @Test
    void servers_of_an_external_group_have_no_effect() {
        assertThat(codes("redis: {server: external, servers: [{server: {unique_name: a}}]}"))
                .containsExactly(Code.NO_EFFECT);
        assertThat(codes("redis: {server: {server: external, address: 192.0.2.7}}"))
                .containsExactly(Code.NO_EFFECT);
    }

    @Test
    void a_group_on_servers_of_others_is_external_with_a_warning_that_says_how_to_write_it() {
        var unknown = problem("redis:\n  shared_server: far\n");
        var known =
                problems("mysql: {server: {unique_name: near}}\nredis:\n  shared_server: near\n");

        assertThat(unknown.code()).isEqualTo(Code.DEPRECATED);
        assertThat(unknown.mended()).containsExactly("  server: external");
        assertThat(known.getFirst().mended()).containsExactly("  server: {same_as: near}");
    }

    @Test
    void postgis_as_a_component_is_a_setting_of_the_postgresql_groups_beside_it() {
        var yaml =
                """
                production:
                  postgresql: {groups: {one: , two: {configuration: {postgis: false}}}}
                  postgis: {version: 3.10}
                  geos:
                """;

        assertThat(desired(yaml, "production").groups())
                .extracting(it -> it.specification().settings().toString())
                .containsExactly("{geos=true, postgis.version=3.10}", "{geos=true, postgis=false}");
        assertThat(codes(yaml)).containsExactly(Code.MISPLACED_KEY, Code.MISPLACED_KEY);
        assertThat(codes("production: {mysql: , postgis: {version: 3.10}}")).isEmpty();
    }

    @Test
    void a_dash_without_a_space_is_told_wherever_it_concerns_a_database() {
        var yaml = "redis:\n  server:\n    extra_packages:\n      -chrony\n";

        assertThat(problem(yaml).code()).isEqualTo(Code.DASH_WITHOUT_SPACE);
        assertThat(problem(yaml).mended()).containsExactly("      - chrony");
        assertThat(codes(yaml.replace("redis", "rails"))).isEmpty();
        assertThat(codes("redis:\n  servers:\n    -server: {unique_name: a}\n"))
                .containsExactly(Code.WRONG_TYPE, Code.UNKNOWN_KEY);
    }

    @Test
    void parts_beside_their_component_or_group_are_shown_beneath_it() {
        var component = problem("mysql:\nconfiguration:\n  version: 8.0\nservers: []\n");
        var groups = problem("mysql:\n  groups:\n  main:\n    server: {unique_name: a}\n");
        var group = problem("mysql:\n  groups:\n    main:\n    servers: [external]\n    other:\n");

        assertThat(component.code()).isEqualTo(Code.KEYS_BESIDE);
        assertThat(component.mended())
                .containsExactly("mysql:", "  configuration:", "    version: 8.0", "  servers: []");
        assertThat(groups.mended())
                .containsExactly("  groups:", "    main:", "      server: {unique_name: a}");
        assertThat(group.message()).isEqualTo("`servers` stands beside `main` and not beneath it");
        assertThat(codes("mysql:\nredis:\n  groups:\n    main:\n    other:\n")).isEmpty();
        assertThat(
                        codes(
                                "mysql: {groups: {main: , primary: {configuration: {version: '8.0'}}, backups: {servers: []}}}"))
                .isEmpty();
        assertThat(problem("mysql:\n  groups:\n    main: ~\n    server: external\n").mended())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql: {configuration: {version: '8.0', servers: [{server: {unique_name: a}}]}}",
                "mysql: {configuration: {version: '8.0', primary: true}}",
                "mysql: {configuration: {version: '8.0'}, redis: {configuration: {version: '7'}}}",
                "mysql: {groups: {main: {servers: [], other: {configuration: {version: '8.0'}}}}}",
                "mysql: {groups: {main: {groups: {other: {servers: []}}}}}",
                "mysql: {version: '8.0', groups: {main: {}}}",
                "mysql: {primary: true, groups: {main: {}}}",
                "mysql: {servers: [{server: {unique_name: a, configuration: {version: '5.7'}}}]}",
            })
    void what_means_nothing_where_it_stands_is_not_lost_in_silence(String yaml) {
        assertThat(codes(yaml)).containsExactly(Code.MISPLACED_KEY);
    }

    @Test
    void what_holds_a_secret_is_no_setting() {
        var settings =
                group(
                                """
                                redis:
                                  configuration:
                                    root_pwd: hunter2
                                    api_key: hunter2
                                    password_hash: hunter2
                                    tokens: [hunter2]
                                    secrets: {a: hunter2}
                                    url: redis://user:hunter2@host
                                    note: kept
                                """)
                        .specification()
                        .settings();

        assertThat(settings).containsExactly(entry("note", "kept"));
    }

    @Test
    void configuration_among_the_servers_counts_with_a_warning() {
        var yaml = "redis: {servers: [{server: , configuration: {version: '7.2'}}]}";

        assertThat(group(yaml).specification().version()).contains(new Version("7.2"));
        assertThat(codes(yaml)).containsExactly(Code.MISPLACED_KEY);
    }

    @Test
    void nested_settings_keep_their_path_and_passwords_are_no_settings() {
        var settings =
                group(
                                """
                                postgresql:
                                  configuration:
                                    postgis: {version: 3.10}
                                    username: shop
                                    password: hunter2
                                    database: <%= ENV['DATABASE'] %>
                                """)
                        .specification()
                        .settings();

        assertThat(settings)
                .containsExactly(
                        entry("database", "<%= ENV['DATABASE'] %>"),
                        entry("postgis.version", "3.10"),
                        entry("username", "shop"));
    }

    @Test
    void declared_facts_are_read_with_the_defaults_of_the_schema_and_their_places() {
        var group =
                group(
                        """
                        postgresql:
                          primary: true
                          replicate_from: {app: blog, group: main}
                          backups: {keep: 3, exclude_tables: [b, a], schedule: "0  4 * * 1"}
                        """);

        assertThat(group.primary()).isTrue();
        assertThat(group.replication().orElseThrow().source())
                .contains(
                        new Source(
                                Optional.of("blog"),
                                Optional.empty(),
                                new GroupName(Engine.POSTGRESQL, "main")));
        assertThat(group.backups().orElseThrow())
                .isEqualTo(
                        new DesiredBackups(
                                Optional.of(
                                        new Backups(
                                                "0 4 * * 1",
                                                3,
                                                Backups.Kind.TEXT,
                                                true,
                                                List.of("a", "b"),
                                                false)),
                                new Place("manifest.yml", 4, 3, 4, 10)));
    }

    @Test
    void an_empty_mapping_of_backups_has_every_default() {
        var group = group("redis:\n  backups: {}");

        assertThat(group.backups().orElseThrow().backups())
                .contains(
                        new Backups("0 3 * * *", 100, Backups.Kind.BINARY, true, List.of(), false));
    }

    @Test
    void none_is_a_fact_and_nothing_is_none() {
        var group = group("postgresql:\n  replicate_from: none\n  backups: none");

        assertThat(group.replication().orElseThrow().source()).isEmpty();
        assertThat(group.backups().orElseThrow().backups()).isEmpty();
        var silent = group("postgresql:\n  replicate_from:\n  backups: ~");
        assertThat(silent.replication()).isEmpty();
        assertThat(silent.backups()).isEmpty();
    }

    @Test
    void redis_has_no_dumps() {
        var problem = problem("redis:\n  backups: {type: text}");

        assertThat(problem.code()).isEqualTo(Code.NOT_ALLOWED);
        assertThat(problem.message()).isEqualTo("redis has no backups of type `text`");
    }

    @Test
    void another_word_than_none_is_no_replication() {
        var problem = problem("redis:\n  replicate_from: main");

        assertThat(problem.code()).isEqualTo(Code.NOT_ALLOWED);
        assertThat(problem.message()).contains("a mapping with `group`, or `none`");
    }

    @Test
    void what_cannot_name_a_group_is_no_source() {
        var problem = problem("redis:\n  replicate_from: {group: 'a b'}");

        assertThat(problem.code()).isEqualTo(Code.NOT_ALLOWED);
        assertThat(problem.message()).isEqualTo("`a b` cannot name a group");
    }

    @Test
    void a_nearly_known_key_is_a_warning_with_the_repaired_line() {
        var problem = problem("redis:\n  configuration: {versoin: '7.2'}");

        assertThat(problem.code()).isEqualTo(Code.NEAR_KEY);
        assertThat(problem.mended()).containsExactly("  configuration: {version: '7.2'}");
    }

    @Test
    void an_unknown_key_that_is_near_to_none_is_nobodys_business() {
        assertThat(codes("redis: {configuration: {flavour: sweet}, note: [x], servers: []}"))
                .isEmpty();
    }

    @Test
    void variants_that_the_engine_does_not_have_are_refused() {
        var problem = problem("mysql: {configuration: {engine: perkona}}");

        assertThat(problem.code()).isEqualTo(Code.UNKNOWN_VARIANT);
        assertThat(problem.suggestion()).contains("did you mean `percona`?");
        assertThat(codes("redis: {configuration: {engine: percona}}"))
                .containsExactly(Code.UNKNOWN_VARIANT);
    }

    @Test
    void names_that_would_become_the_same_variable_are_refused() {
        assertThat(codes("mysql: {groups: {my-db: , my_db: }}"))
                .containsExactly(Code.COLLIDING_VARIABLES);
        assertThat(codes("mysql: {groups: {db: , db_replica: }}"))
                .containsExactly(Code.COLLIDING_VARIABLES);
        assertThat(codes("mysql: {groups: {Replica: }}")).containsExactly(Code.SHADOWED_VARIABLE);
        assertThat(codes("mysql: {groups: {one: }}\nredis: {groups: {one: }}")).isEmpty();
    }

    @Test
    void a_group_cannot_be_called_anything() {
        var problem = problem("mysql: {groups: {main db: }}");

        assertThat(problem.code()).isEqualTo(Code.BAD_GROUP_NAME);
        assertThat(problem.suggestion()).contains("did you mean `main-db`?");
    }

    @Test
    void one_group_of_an_engine_is_primary() {
        assertThat(
                        codes(
                                "mysql: {groups: {a: {primary: true}, b: {primary: yes}, c: {primary: no}}}"))
                .containsExactly(Code.TWO_PRIMARIES);
        assertThat(codes("mysql: {primary: true}\nredis: {primary: true}")).isEmpty();
    }
}
