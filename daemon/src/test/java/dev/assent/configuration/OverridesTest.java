package dev.assent.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.apply.Beginning;
import dev.assent.manifest.Code;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.model.ApplicationName;
import dev.assent.source.HeadPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Variables that stand above the configuration file.
class OverridesTest {

    private static final String FILE =
            """
            repositories:
            - name: platform
              url: https://git.example.org/platform.git
              poll: 30s
            - {name: plat_form-2, url: "https://git.example.org/acme/two.git"}
            applications:
            - match: "*/production"
            - {match: "*/*", apply: on-command}
            notifications:
            - {name: ops, type: webhook, url: "https://hooks.example.org/secret-path"}
            """;

    @Test
    void a_setting_of_the_file_and_one_that_it_leaves_out_are_given() {
        var configuration =
                valid(
                        "ASSENT_CONFIG_PLAN_TTL", "3d",
                        "ASSENT_CONFIG_REPOSITORIES_PLATFORM_POLL", "10s",
                        "ASSENT_CONFIG_REPOSITORIES_PLATFORM_TOKEN_FILE", "/run/x: y.token",
                        "ASSENT_CONFIG_APPLICATIONS_1_DESTROY_AFTER", "24h",
                        "ASSENT_CONFIG_APPLICATIONS_2_APPLY", "after-merge");

        assertThat(configuration.planTtl()).isEqualTo(Duration.ofDays(3));
        assertThat(configuration.repositories().getFirst().poll())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.repositories().getFirst().tokenFile())
                .contains(Path.of("/run/x: y.token"));
        assertThat(configuration.rule(new ApplicationName("a", "production")).destroyAfter())
                .isEqualTo(Duration.ofDays(1));
        assertThat(configuration.rule(new ApplicationName("a", "b")).beginning())
                .isEqualTo(Beginning.AFTER_MERGE);
    }

    @Test
    void keys_and_names_may_have_lines_in_them() {
        var second =
                valid(
                                "ASSENT_CONFIG_REPOSITORIES_PLAT_FORM_2_SSH_KEY", "/k",
                                "ASSENT_CONFIG_REPOSITORIES_PLAT_FORM_2_URL", "ssh://git@h/two.git",
                                "ASSENT_CONFIG_REPOSITORIES_PLAT_FORM_2_HEADS", "feature/*, fix/*")
                        .repositories()
                        .getLast();

        assertThat(second.sshKey()).contains(Path.of("/k"));
        assertThat(second.heads())
                .containsExactly(new HeadPattern("feature/*"), new HeadPattern("fix/*"));
    }

    @Test
    void what_the_file_does_not_begin_is_begun() {
        var configuration =
                valid(
                        "ASSENT_CONFIG_HTTP_NAMES", "[assent.example.org]",
                        "ASSENT_CONFIG_PROVIDERS_HERE_PORTS", "30000-30009",
                        "ASSENT_CONFIG_PROVIDERS_HERE_DOWNLOAD", "no",
                        "ASSENT_CONFIG_OIDC", "{issuer: https://login.example.org, audience: a}",
                        "ASSENT_CONFIG_OIDC_AUDIENCE", "123");

        assertThat(configuration.access().names()).containsExactly("assent.example.org");
        assertThat(configuration.providers())
                .containsOnlyKeys("here")
                .containsValue(new ProviderSettings.Local(
                                30_000, 30_009, Optional.empty(), false, Optional.empty()));
        assertThat(configuration.access().oidc().orElseThrow().audience()).isEqualTo("123");
    }

    @Test
    void variables_of_others_are_none_of_our_business() {
        assertThat(valid("ASSENT_CONFIG", "/etc/x.yml", "ASSENT_TOKEN", "t", "PATH", "/bin"))
                .isEqualTo(valid());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ASSENT_CONFIG_PLAN_TTL | soon | NOT_ALLOWED | a time is a number",
                "ASSENT_CONFIG_PLAN_TTL | '' | WRONG_TYPE | and is empty",
                "ASSENT_CONFIG_PLAN_TLT | 3d | UNKNOWN_VARIABLE | no such setting",
                "ASSENT_CONFIG_REPOSITORIES_PLATFORM_TOKEN | hunter2 | SECRET_IN_VARIABLE | never given by a variable",
                "ASSENT_CONFIG_NOTIFICATIONS_OPS_URL | https://h/hunter2 | SECRET_IN_VARIABLE | never given by a variable",
                "ASSENT_CONFIG_REPOSITORIES_PLATFORM_URL | https://me:hunter2@h/x | NOT_ALLOWED | must not hold a password",
                "ASSENT_CONFIG_REPOSITORIES_PLATFORM_TOKEN_FILE | hunter2 | NO_SUCH_FILE | there is no file",
            })
    void what_is_wrong_is_said_of_the_variable_and_tells_no_secret(
            String variable, String value, Code code, String says) {
        var problem = problems(variable, value).getFirst();

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).contains(says);
        assertThat(problem.variable()).contains(variable);
        assertThat(ProblemText.of(problem))
                .startsWith(variable + "  " + code.id())
                .doesNotContain("hunter2", variable + ":1");
    }

    @Test
    void a_misspelt_variable_gets_a_suggestion_and_a_secret_the_way_out() {
        assertThat(
                        problems("ASSENT_CONFIG_REPOSITORIES_PLATFROM_POLL", "1s")
                                .getFirst()
                                .suggestion())
                .contains("did you mean `ASSENT_CONFIG_REPOSITORIES_PLATFORM_POLL`?");
        assertThat(
                        problems("ASSENT_CONFIG_REPOSITORIES_PLATFORM_TOKEN", "x")
                                .getFirst()
                                .suggestion())
                .hasValueSatisfying(it ->
                        assertThat(it).endsWith("ASSENT_CONFIG_REPOSITORIES_PLATFORM_TOKEN_FILE"));
    }

    @Test
    void what_a_terminal_would_obey_is_shown_and_not_sent() {
        var problem = problems("ASSENT_CONFIG_PLAN_TTL", "\u001b[2Jx\u202e").getFirst();

        assertThat(ProblemText.of(problem)).doesNotContain("\u001b", "\u202e");
    }

    private static Configuration valid(String... variables) {
        return switch (checked(variables).reading()) {
            case ConfigurationReading.Valid(var it) -> it;
            case ConfigurationReading.Invalid(var it) -> throw new AssertionError(it.toString());
        };
    }

    private static List<Problem> problems(String... variables) {
        return checked(variables).problems();
    }

    private static CheckedConfiguration checked(String... variables) {
        var environment = new LinkedHashMap<String, String>();
        for (var i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new ConfigurationReader()
                .check("assent.yml", FILE.getBytes(UTF_8), Map.copyOf(environment));
    }
}
