package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.ConfigurationReader;
import dev.assent.configuration.ConfigurationReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {

    @TempDir Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("assent.yml");
        Files.writeString(
                file,
                """
                repositories:
                - name: platform
                  url: https://git.example.org/platform.git
                applications:
                - {match: "*/*", redeploy: {env_file: "/etc/{app}.env"}}
                notifications:
                - {name: ops, type: webhook, url: "https://hooks.example.org/hunter2"}
                """);
    }

    @Test
    void a_valid_configuration_is_called_so() {
        var typed = config(Map.of(), "check", file.toString());

        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        assertThat(typed.out()).isEqualTo("1 file valid: 0 errors, 0 warnings.\n");
    }

    @Test
    void what_is_wrong_with_it_and_with_a_variable_is_told_and_the_answer_is_no()
            throws IOException {
        Files.writeString(file, Files.readString(file) + "plan_tl: 3d\n");

        var text = config(Map.of("ASSENT_CONFIG_PLAN_TTL", "x"), "check", file.toString());
        var json =
                config(
                        Map.of("ASSENT_CONFIG_PLAN_TTL", "x"),
                        "check",
                        "--format",
                        "json",
                        file.toString());
        var github =
                config(
                        Map.of("ASSENT_CONFIG_PLAN_TTL", "x"),
                        "check",
                        "--format",
                        "github",
                        file.toString());

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out())
                .contains(file + ":8:1  ASN1205", "did you mean `plan_ttl`?")
                .contains("ASSENT_CONFIG_PLAN_TTL  ASN1204  a time is a number")
                .endsWith("1 of 1 file not valid: 2 errors, 0 warnings.\n");
        assertThat(
                        JsonMapper.shared()
                                .readTree(json.out())
                                .path("files")
                                .path(0)
                                .path("problems")
                                .findValuesAsString("variable"))
                .containsExactly("ASSENT_CONFIG_PLAN_TTL");
        assertThat(github.out())
                .contains("::error title=ASN1204::ASSENT_CONFIG_PLAN_TTL: a time is")
                .contains("::error file=" + file + ",line=8");
    }

    @Test
    void the_policy_is_checked_with_it() throws IOException {
        Files.writeString(file, Files.readString(file) + "policy: policy.yml\n");
        var missing = config(Map.of(), "check", file.toString());
        Files.writeString(folder.resolve("policy.yml"), "rules: [{name: a, mach: '*/*'}]\n");
        var wrong = config(Map.of(), "check", file.toString());

        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out()).contains(file + ":8:9  ASN1204  the policy can't be read");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains(folder.resolve("policy.yml") + ":1:").contains("match");
    }

    @Test
    void a_file_that_cannot_be_read_is_no_answer() {
        var typed = config(Map.of(), "check", folder.resolve("other.yml").toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("assent: could not read the configuration ")
                .contains("there is none; write it");
    }

    @Test
    void a_variable_names_the_file_for_all_who_read_one() {
        var launched = new ArrayList<String>();
        var variables = Map.of("ASSENT_CONFIG", file.toString());

        assertThat(config(variables, "check").code()).isZero();
        Typed.run(false, variables, launched, "daemon");
        assertThat(launched).singleElement().asString().startsWith(file + " ");
    }

    @Test
    void warnings_are_errors_where_that_is_wanted() throws IOException {
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("url: https", "token_file: missing.token\n  url: https"));

        assertThat(config(Map.of(), "check", file.toString()).code()).isZero();
        assertThat(config(Map.of(), "check", "--strict", file.toString()).code()).isEqualTo(1);
    }

    @Test
    void what_counts_is_shown_with_where_it_comes_from_and_without_secrets() {
        var typed =
                config(
                        Map.of("ASSENT_CONFIG_REPOSITORIES_PLATFORM_POLL", "10s"),
                        "show",
                        file.toString());

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .containsPattern("  poll: \"10s\" +# ASSENT_CONFIG_REPOSITORIES_PLATFORM_POLL\n")
                .containsPattern("  branch: main +# default\n")
                .containsPattern("- name: platform +# line 2\n")
                .containsPattern("plan_ttl: \"7d\" +# default\n")
                .contains("url: \"…\"")
                .doesNotContain("hunter2");
    }

    @Test
    void what_is_shown_means_the_same_again() {
        var shown =
                config(Map.of("ASSENT_CONFIG_PLAN_TTL", "3d"), "show", file.toString())
                        .out()
                        .replace("\"…\"", "https://hooks.example.org/hunter2");

        var reader = new ConfigurationReader();
        var again = reader.read("x.yml", shown.getBytes(UTF_8));
        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigurationReading.Valid.class,
                        it -> assertThat(it.configuration().planTtl()).hasDays(3));
        var json = config(Map.of(), "show", "--format", "json", file.toString()).out();
        var tree = JsonMapper.shared().readTree(json);
        assertThat(tree.path("configuration").path("plan_ttl").asString()).isEqualTo("7d");
        assertThat(tree.path("origins").path("/plan_ttl").asString()).isEqualTo("default");
        assertThat(tree.path("origins").path("/repositories/0/name").asString())
                .isEqualTo("line 2");
        assertThat(json).doesNotContain("hunter2");
    }

    @Test
    void one_that_is_not_valid_is_not_shown() throws IOException {
        Files.writeString(file, "repositories: 1\n");

        var typed = config(Map.of(), "show", file.toString());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains("ASN1203");
    }

    private static Typed config(Map<String, String> variables, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "config";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Typed.run(false, variables, all);
    }
}
