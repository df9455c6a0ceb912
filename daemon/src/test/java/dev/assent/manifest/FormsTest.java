package dev.assent.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.assent.manifest.Problem.Severity;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.ServerName;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms that real manifests have, in manifests of our own: what each of them means.
class FormsTest {

    @ParameterizedTest
    @ValueSource(strings = {"attic", "elsewhere", "editions", "branches", "scribbles"})
    void whatever_form_people_use_is_no_error(String application) {
        assertThat(Samples.of(application).problems())
                .noneMatch(it -> it.severity() == Severity.ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"editions", "branches"})
    void what_is_usual_gets_no_warning(String application) {
        assertThat(Samples.of(application).problems()).isEmpty();
    }

    // Servers.

    @Test
    void a_singular_server_is_the_only_server_of_its_group() {
        assertThat(servers("attic", "production", "mysql/default"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.name()).contains(new ServerName("attic-mysql"));
                    assertThat(it.settings())
                            .contains(
                                    entry("type", "BYOC"),
                                    entry("vendor", "aws"),
                                    entry("region", "eu-west-1"));
                });
    }

    @Test
    void a_number_is_a_size_as_it_is_written() {
        assertThat(servers("attic", "production", "mysql/default").getFirst().settings())
                .contains(entry("size", "62"), entry("root_disk_size", "60"));
        assertThat(servers("editions", "production", "mysql/default").getFirst().settings())
                .contains(entry("size", "0066"), entry("region", "1"));
    }

    @Test
    void packages_can_be_a_list_and_a_text() {
        assertThat(servers("attic", "production", "elasticsearch/default").getFirst().settings())
                .containsEntry("extra_packages", "atop,chrony");
        assertThat(servers("attic", "production", "mysql/default").getFirst().settings())
                .containsEntry("extra_packages", "-imagemagick");
    }

    @Test
    void servers_as_a_mapping_is_one_server() {
        assertThat(names("attic", "production", "postgresql/default"))
                .containsExactly("attic-redis");
    }

    @Test
    void a_server_can_be_named_before_it_is_defined() {
        assertThat(servers("attic", "production", "postgresql/default").getFirst().settings())
                .containsOnly(entry("size", "2gb"));
    }

    @Test
    void a_server_of_what_is_no_database_can_be_named() {
        assertThat(servers("attic", "production", "elasticsearch/default"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.name()).contains(new ServerName("attic-web"));
                    assertThat(it.settings())
                            .contains(
                                    entry("address", "192.0.2.10"),
                                    entry("username", "deploy"),
                                    entry("ssh_key_name", "ops"));
                });
    }

    @Test
    void a_registered_server_can_be_named() {
        assertThat(servers("attic", "production", "influxdb/default"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.name()).contains(new ServerName("attic-box"));
                    assertThat(it.settings()).containsOnly(entry("address", "192.0.2.11"));
                });
    }

    @Test
    void a_servers_keys_directly_in_the_component_are_its_server() {
        assertThat(names("attic", "production", "redis/default")).containsExactly("attic-redis");
    }

    @Test
    void a_setting_directly_in_the_component_counts() {
        assertThat(group("attic", "production", "redis/default").specification().version())
                .contains(new Version("6.2"));
    }

    @Test
    void a_configuration_among_the_servers_counts() {
        assertThat(group("attic", "staging", "postgresql/default").specification().version())
                .contains(new Version("15"));
    }

    @Test
    void a_configuration_and_a_server_of_nothing_are_as_if_they_were_not_there() {
        var group = group("attic", "production", "memcached/default");

        assertThat(group.servers()).isEmpty();
        assertThat(group.external()).isFalse();
        assertThat(group.specification().version()).isEmpty();
        assertThat(group.specification().settings()).isEmpty();
    }

    @Test
    void an_item_of_nothing_is_a_server_of_which_nothing_is_known() {
        assertThat(servers("attic", "production", "mongodb/default"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.name()).isEmpty();
                    assertThat(it.settings()).isEmpty();
                });
    }

    @Test
    void postgis_is_a_setting_with_parts_or_one_that_is_true() {
        assertThat(settings("attic", "production", "postgresql/default"))
                .containsOnly(entry("geos.version", "3.12.1"), entry("postgis.version", "3.4.2"));
        assertThat(settings("attic", "staging", "postgresql/default"))
                .containsEntry("postgis", "true");
    }

    @Test
    void postgis_as_a_component_is_a_setting_and_no_group_of_its_own() {
        assertThat(groups("attic", "qa")).containsExactly("postgresql/default");
        assertThat(settings("attic", "qa", "postgresql/default"))
                .containsOnly(entry("postgis.version", "3.4.2"));
    }

    // External groups.

    @ParameterizedTest
    @CsvSource({
        "production, mysql/default",
        "production, postgresql/default",
        "production, redis/default",
        "production, mongodb/default",
        "production, elasticsearch/default",
        "production, memcached/default",
        "production, influxdb/default",
        "staging, postgresql/default",
        "staging, redis/default"
    })
    void external_groups_have_no_servers_here(String environment, String name) {
        var group = group("elsewhere", environment, name);

        assertThat(group.external()).isTrue();
        assertThat(group.servers()).isEmpty();
    }

    @Test
    void an_external_group_keeps_what_is_said_of_it() {
        assertThat(group("elsewhere", "production", "postgresql/default").specification().version())
                .contains(new Version("16"));
        assertThat(settings("elsewhere", "production", "memcached/default"))
                .containsOnly(
                        entry("memory", "512"),
                        entry("port", "11211"),
                        entry("listen_ip", "127.0.0.1"));
    }

    @Test
    void one_group_of_an_engine_can_be_external_and_another_not() {
        assertThat(group("elsewhere", "production", "influxdb/metrics").external()).isFalse();
        assertThat(names("elsewhere", "production", "influxdb/metrics"))
                .containsExactly("elsewhere-metrics");
    }

    @Test
    void internal_is_built_here_and_names_no_server() {
        var group = group("elsewhere", "staging", "mysql/default");

        assertThat(group.external()).isFalse();
        assertThat(group.servers()).isEmpty();
    }

    // Versions and other values.

    @ParameterizedTest
    @CsvSource({
        "postgresql/two_parts, 12.9",
        "postgresql/three_parts, 9.6.24",
        "postgresql/whole, 17",
        "postgresql/quoted, 16",
        "mysql/default, 10.11",
        "mongodb/default, 5.10",
        "redis/default, 8.0",
        "memcached/default, 1.6"
    })
    void a_version_is_the_text_that_stands_there(String name, String version) {
        assertThat(group("editions", "production", name).specification().version())
                .contains(new Version(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "missing", "nothing"})
    void a_version_that_is_not_given_is_none(String name) {
        assertThat(group("editions", "production", "postgresql/" + name).specification().version())
                .isEmpty();
    }

    @Test
    void an_engine_chooses_the_variant() {
        assertThat(group("editions", "production", "mysql/default").specification().variant())
                .isEqualTo(Variant.MARIADB);
    }

    @Test
    void the_truth_values_of_old_yaml_are_understood() {
        var group = group("editions", "production", "mysql/default");

        assertThat(group.primary()).isTrue();
        assertThat(group.backups()).isPresent();
        assertThat(group.specification().settings()).containsEntry("tamper_with_yml", "false");
    }

    @Test
    void numbers_are_settings_as_they_are_written() {
        assertThat(settings("editions", "production", "mysql/default"))
                .contains(entry("root_disk_size", "100"), entry("root_disk_type", "ssd"));
        assertThat(settings("editions", "production", "memcached/default"))
                .containsOnly(entry("memory", "1024"), entry("port", "11215"));
    }

    // Environments.

    @Test
    void the_homes_of_anchors_are_no_environments_and_made_up_names_are() {
        assertThat(manifest("branches").environments())
                .containsExactly("acceptance", "feature-testing", "production", "staging");
    }

    @Test
    void a_component_at_the_top_holds_in_every_environment_that_does_not_replace_it() {
        for (var environment : List.of("production", "acceptance", "feature-testing", "qa")) {
            assertThat(group("branches", environment, "mysql/default").external()).isFalse();
        }
        assertThat(group("branches", "staging", "mysql/default").external()).isTrue();
        assertThat(groups("branches", "qa")).containsExactly("mysql/default");
    }

    @Test
    void an_anchor_on_a_single_value_is_that_value() {
        assertThat(group("branches", "production", "mysql/default").specification().version())
                .contains(new Version("8.0"));
        assertThat(settings("scribbles", "production", "influxdb/default"))
                .containsOnly(entry("copy_of", "8.15"));
    }

    @Test
    void merged_keys_give_way_to_those_that_stand_there_at_each_level() {
        assertThat(settings("branches", "production", "postgresql/default"))
                .containsOnly(entry("encoding", "UTF8"), entry("root_disk_size", "200"));
        assertThat(servers("branches", "production", "postgresql/default").getFirst().settings())
                .containsOnly(
                        entry("vendor", "aws"),
                        entry("region", "eu-central-1"),
                        entry("size", "m5.xlarge"));
    }

    @Test
    void an_environment_can_be_like_another_one_with_a_difference() {
        assertThat(groups("branches", "staging"))
                .containsExactly("postgresql/default", "mysql/default");
        assertThat(settings("branches", "staging", "postgresql/default"))
                .containsEntry("root_disk_size", "200");
    }

    @Test
    void several_mappings_can_be_merged() {
        assertThat(groups("branches", "acceptance"))
                .containsExactlyInAnyOrder(
                        "mysql/default",
                        "postgresql/default",
                        "redis/default",
                        "memcached/default");
        assertThat(group("branches", "acceptance", "postgresql/default").specification().version())
                .contains(new Version("16"));
        assertThat(group("branches", "acceptance", "memcached/default").external()).isTrue();
    }

    @Test
    void what_is_no_database_makes_no_group() {
        assertThat(groups("branches", "feature-testing")).containsExactly("mysql/default");
    }

    // Ways to write YAML.

    @Test
    void quotes_flow_style_and_markers_make_no_difference() {
        var mysql = group("scribbles", "production", "mysql/default");

        assertThat(mysql.specification().version()).contains(new Version("8.0"));
        assertThat(names("scribbles", "production", "mysql/default"))
                .containsExactly("scribbles-mysql");
        assertThat(mysql.servers().getFirst().settings()).containsOnly(entry("size", "2gb"));
        assertThat(names("scribbles", "production", "postgresql/default"))
                .containsExactly("scribbles-postgresql");
        assertThat(settings("scribbles", "production", "postgresql/default"))
                .containsOnly(entry("encoding", "UTF8"));
    }

    @Test
    void tabs_after_values_and_before_comments_are_nothing_but_a_warning() {
        var redis = group("scribbles", "production", "redis/default");

        assertThat(Samples.of("scribbles").problems())
                .extracting(Problem::code)
                .containsOnly(Code.TAB_AFTER_VALUE);
        assertThat(redis.external()).isTrue();
        assertThat(redis.specification().version()).contains(new Version("7.2"));
    }

    @Test
    void erb_is_text() {
        assertThat(settings("scribbles", "production", "mongodb/default"))
                .containsOnly(
                        entry("database", "<%= ENV['MONGODB_DATABASE'] %>"),
                        entry("username", "<%= ENV[\"MONGODB_USERNAME\"] %>"));
    }

    @Test
    void a_text_of_several_lines_is_what_yaml_makes_of_it() {
        assertThat(names("scribbles", "production", "mongodb/default"))
                .containsExactly("scribbles-mongodb");
        assertThat(settings("scribbles", "production", "elasticsearch/default"))
                .containsOnly(
                        entry("description", "For the search,\nand only for it.\n"),
                        entry("note", "a text that goes on here"));
    }

    @Test
    void a_tag_that_says_what_a_value_is_anyway_is_nothing() {
        assertThat(group("scribbles", "production", "influxdb/default").specification().version())
                .contains(new Version("2.7"));
    }

    @Test
    void names_can_be_in_any_language() {
        var server = servers("scribbles", "production", "memcached/größe").getFirst();

        assertThat(server.name()).contains(new ServerName("größe-1"));
        assertThat(server.settings()).containsOnly(entry("region", "Zürich"));
    }

    // Bytes.

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_key() {
        assertThat(Samples.bytes("bom").bytes()).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(only("bom").servers().getFirst().name()).contains(new ServerName("bom-redis"));
    }

    @Test
    void lines_can_end_as_on_windows() {
        assertThat(Samples.bytes("crlf").text()).contains("\r\n").doesNotContainPattern("[^\r]\n");
        assertThat(only("crlf").specification().version()).contains(new Version("7.2"));
        assertThat(only("crlf").servers().getFirst().name()).contains(new ServerName("crlf-redis"));
        assertThat(only("crlf").servers().getFirst().place().line()).isEqualTo(7);
    }

    @Test
    void the_last_line_needs_no_end_and_the_files_name_can_end_in_yaml() {
        assertThat(Samples.bytes("unended").text()).doesNotEndWith("\n");
        assertThat(Samples.bytes("unended").name()).isEqualTo("manifest.yaml");
        assertThat(only("unended").external()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blank", "marker", "remarks"})
    void a_file_without_anything_declares_nothing(String name) {
        var sample = Samples.bytes(name);

        assertThat(sample.problems()).isEmpty();
        assertThat(Manifests.valid(sample.text()).environments()).isEmpty();
        assertThat(Manifests.desired(sample.text(), "production").groups()).isEmpty();
    }

    private static DesiredGroup only(String name) {
        assertThat(Samples.bytes(name).problems()).isEmpty();
        return Manifests.group(Samples.bytes(name).text());
    }

    private static Manifest manifest(String application) {
        return Manifests.valid(Samples.of(application).text());
    }

    private static List<DesiredGroup> all(String application, String environment) {
        return manifest(application)
                .desired(new ApplicationName(application, environment))
                .groups();
    }

    private static List<String> groups(String application, String environment) {
        return all(application, environment).stream().map(it -> it.name().toString()).toList();
    }

    private static DesiredGroup group(String application, String environment, String name) {
        return all(application, environment).stream()
                .filter(it -> it.name().toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "no group %s in %s"
                                        .formatted(name, groups(application, environment))));
    }

    private static Map<String, String> settings(
            String application, String environment, String name) {
        return group(application, environment, name).specification().settings();
    }

    private static List<DesiredServer> servers(
            String application, String environment, String name) {
        return group(application, environment, name).servers();
    }

    private static List<String> names(String application, String environment, String name) {
        return servers(application, environment, name).stream()
                .map(it -> it.name().orElseThrow().name())
                .toList();
    }
}
