package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// `assent validate --show`.
class ValidateShowTest {

    private static final String SAMPLES = "../samples/";

    @Test
    void groups_are_shown_with_their_machines_looked_up() {
        assertThat(show(SAMPLES + "fleet").out())
                .isEqualTo(
                        """
                        ../samples/fleet/.cloud66/manifest.yml  fleet in every environment
                          Group                    Engine         Version  Servers        Fully defined
                          mysql/default (primary)  percona        8.0      mysql-main     yes
                                                                           mysql-copy
                          mysql/reports            percona        8.0      mysql-reports  yes
                          redis/default            redis          7.2      mysql-main     yes
                          elasticsearch/default    elasticsearch  8.15     fleet-worker   yes

                        1 manifest valid: 0 errors, 0 warnings.
                        """);
    }

    @Test
    void each_environment_has_its_table_and_those_that_the_file_does_not_name_have_one() {
        var typed = show(SAMPLES + "clinic");

        assertThat(typed.out().lines().filter(it -> !it.startsWith("  ")))
                .containsSubsequence(
                        "../samples/clinic/.cloud66/manifest.yml  clinic/acceptance",
                        "../samples/clinic/.cloud66/manifest.yml  clinic/production",
                        "../samples/clinic/.cloud66/manifest.yml  clinic in every other environment");
        assertThat(typed.out())
                .containsSubsequence(
                        "clinic/acceptance",
                        "memcached/default   memcached   -        -        external",
                        "every other environment",
                        "memcached/default  memcached  1.6      -        no: it has no servers");
    }

    @Test
    void what_is_missing_is_said_of_each_server() {
        var typed =
                Typed.reading(
                        """
                        redis:
                          servers:
                          - server: {unique_name: one}
                          - server: {size: m5.large}
                          - server: {size: m5.large}
                        """,
                        "validate",
                        "--show",
                        "--app",
                        "shop",
                        "-");

        assertThat(typed.out())
                .startsWith(
                        """
                        <stdin>  shop in every environment
                          Group          Engine  Version  Servers    Fully defined
                          redis/default  redis   newest   one        no
                                                          (no name)  server number 2 has no `unique_name`
                                                          (no name)  server number 3 has no `unique_name`
                        """);
    }

    @Test
    void a_first_server_that_lacks_something_says_so_beside_the_verdict() {
        var typed = Typed.reading("redis: {server: {size: m5.large}}\n", "validate", "--show", "-");

        assertThat(typed.out()).contains("(no name)  no: server number 1 has no `unique_name`\n");
    }

    @Test
    void an_environment_can_be_chosen_and_one_that_the_file_is_silent_of_is_said() {
        var one = show(SAMPLES + "clinic", "-e", "acceptance");
        var other = show(SAMPLES + "clinic", "-e", "staging");
        var silent = show(SAMPLES + "shop", "-e", "staging", "-e", "production");

        assertThat(one.out()).contains("clinic/acceptance").doesNotContain("production", "other");
        assertThat(other.out()).contains("clinic/staging\n", "memcached/default");
        assertThat(silent.code()).isZero();
        assertThat(silent.out())
                .contains(
                        "shop/.cloud66/manifest.yml says nothing of `staging`; it speaks for"
                                + " production\n",
                        "  shop/production\n");
    }

    @Test
    void an_environment_that_is_asked_for_twice_is_shown_once() {
        var once = show(SAMPLES + "clinic", "-e", "x", "-e", "acceptance");
        var twice = show(SAMPLES + "clinic", "-e", "x", "-e", "acceptance", "-e", "x");

        assertThat(once.out()).containsSubsequence("clinic/x\n", "clinic/acceptance\n");
        assertThat(twice.out()).isEqualTo(once.out());
    }

    @Test
    void wide_names_leave_the_columns_where_they_are() {
        var typed =
                Typed.reading(
                        """
                        redis:
                          servers:
                          - server: {unique_name: 受注台帳本番}
                          - server: {unique_name: main}
                        """,
                        "validate",
                        "--show",
                        "-");

        assertThat(typed.out())
                .startsWith(
                        """
                        <stdin>  every environment
                          Group          Engine  Version  Servers       Fully defined
                          redis/default  redis   newest   受注台帳本番  yes
                                                          main
                        """);
    }

    @Test
    void a_name_that_can_name_no_application_is_refused_as_when_planning() {
        for (var name : new String[] {"a b/..", "", ".hidden"}) {
            var shown = show("--app", name, SAMPLES + "shop");
            var planned = Typed.inScript("plan", "--app", name, SAMPLES + "shop");

            assertThat(shown.code()).isEqualTo(2);
            assertThat(shown.out()).isEmpty();
            assertThat(shown.err())
                    .isEqualTo(
                            ("assent: `%s` can't name an application; a name has at most 100 letters,"
                                            + " digits, `.`, `_` and `-`, and begins with a letter"
                                            + " or a digit\n")
                                    .formatted(name));
            assertThat(planned).isEqualTo(shown);
        }
    }

    @Test
    void a_file_without_groups_says_so_and_an_invalid_one_shows_only_its_problems() {
        var none = Typed.reading("rails: {configuration: {}}\n", "validate", "--show", "-");
        var invalid = Typed.reading("redis: 1\n", "validate", "--show", "-");
        var strict = show(SAMPLES + "vintage", "--strict");

        assertThat(none.out()).startsWith("<stdin>  every environment\n  no groups\n");
        assertThat(invalid.out()).contains("ASN1203").doesNotContain("environment", "no groups");
        assertThat(strict.out()).contains("ASN1212").doesNotContain("Fully defined");
        assertThat(show(SAMPLES + "vintage").out()).contains("ASN1212", "Fully defined");
    }

    @Test
    void json_has_the_same_facts_as_further_keys_of_the_file() {
        var shown = show(SAMPLES + "shop", "--format", "json", "-e", "production", "-e", "qa");
        var plain = Typed.inScript("validate", SAMPLES + "shop", "--format", "json");

        assertThat(JsonMapper.shared().readTree(shown.out()).path("files").path(0))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {
                                          "path": "../samples/shop/.cloud66/manifest.yml",
                                          "valid": true,
                                          "problems": [],
                                          "application": "shop",
                                          "environments": [
                                            {"environment": "production", "declared": true, "groups": [
                                              {"group": "postgresql/main", "variant": "postgresql",
                                               "version": "16", "primary": false, "external": false,
                                               "servers": [{"name": "postgresql-main"}],
                                               "fullyDefined": true, "missing": []},
                                              {"group": "postgresql/spare", "variant": "postgresql",
                                               "version": "17", "primary": false, "external": false,
                                               "servers": [{"name": "postgresql-spare"}],
                                               "fullyDefined": true, "missing": []},
                                              {"group": "redis/default", "variant": "redis",
                                               "primary": false, "external": true, "servers": []}]},
                                            {"environment": "qa", "declared": false, "groups": []}]
                                        }
                                        """));
        assertThat(plain.out()).doesNotContain("environments", "application");
    }

    @Test
    void what_cannot_be_shown_is_refused() {
        var sarif = show(SAMPLES + "shop", "--format", "sarif");
        var several = show("--app", "shop", SAMPLES + "shop", SAMPLES + "blog");

        assertThat(sarif.code()).isEqualTo(2);
        assertThat(sarif.err()).startsWith("assent: --show goes with --format text or json; sarif");
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.err()).isEqualTo("assent: --app is for one manifest, and there are 2\n");
    }

    private static Typed show(Object... arguments) {
        return Typed.inScript(
                "validate", Stream.concat(Stream.of("--show"), Stream.of(arguments)).toArray());
    }
}
