package dev.assent.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.ConfigurationReading.Invalid;
import dev.assent.configuration.ConfigurationReading.Valid;
import dev.assent.forge.ForgeSettings;
import dev.assent.forge.ForgeSettings.App;
import dev.assent.forge.ForgeSettings.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgeReaderTest {

    private static ConfigurationReading read(String url, String forge) {
        var yaml =
                """
                repositories:
                - name: platform
                  url: %s
                  forge: %s
                """
                        .formatted(url, forge);
        return new ConfigurationReader().read("assent.yml", yaml.getBytes(UTF_8));
    }

    private static ForgeSettings forge(String url, String forge) {
        return switch (read(url, forge)) {
            case Valid(var configuration) ->
                    Optional.ofNullable(configuration.forges().get("platform")).orElseThrow();
            case Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://github.com/acme/platform.git           | github | https://api.github.com             | acme/platform
                    ssh://git@github.com/acme/platform             | github | https://api.github.com             | acme/platform
                    https://git.example.org/acme/platform.git      | github | https://git.example.org/api/v3     | acme/platform
                    https://git.example.org/acme/data/platform.git | gitlab | https://git.example.org/api/v4     | acme/data/platform
                    ssh://git@git.example.org:2222/acme/platform/  | gitea  | https://git.example.org/api/v1     | acme/platform
                    http://localhost:3000/acme/platform            | gitea  | http://localhost:3000/api/v1       | acme/platform
                    """)
    void what_is_left_out_follows_from_the_repository_s_URL(
            String url, String type, String api, String project) {
        var forge = forge(url, "{type: %s, token_file: /etc/assent/t}".formatted(type));

        assertThat(forge.kind().word()).isEqualTo(type);
        assertThat(forge.api()).isEqualTo(URI.create(api));
        assertThat(forge.project()).isEqualTo(project);
        assertThat(forge.tokenFile()).contains(Path.of("/etc/assent/t"));
    }

    @Test
    void everything_can_be_said() {
        assertThat(
                        forge(
                                "file:///srv/platform.git",
                                "{type: github, api: 'https://git.example.org/api/v3', project:"
                                        + " acme/platform, app: {id: 123, installation: 7,"
                                        + " key_file: /etc/assent/app.pem}}"))
                .isEqualTo(
                        new ForgeSettings(
                                Kind.GITHUB,
                                URI.create("https://git.example.org/api/v3"),
                                "acme/platform",
                                Optional.empty(),
                                Optional.of(
                                        new App(
                                                "123",
                                                Optional.of(7L),
                                                Path.of("/etc/assent/app.pem")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    file:///srv/x.git      | {type: gitea, token_file: /t}                                        | where the API begins does not follow
                    file:///srv/x.git      | {type: gitea, token_file: /t, api: 'https://h/api/v1'}               | which project it is does not follow
                    https://h/acme/x.git   | {type: gitea}                                                        | signed in to with a `token_file`
                    https://h/acme/x.git   | {type: github, token_file: /t, app: {id: 1, key_file: /k}}           | either a `token_file` or an `app`
                    https://h/acme/x.git   | {type: gitlab, app: {id: 1, key_file: /k}}                           | `app` is for GitHub
                    https://h/a/b/x.git    | {type: gitea, token_file: /t}                                        | is owner and name
                    https://h/acme/x.git   | {type: gitea, token_file: /t, api: 'https://u:geheim@h/api/v1'}      | must not name a user or a password
                    https://h/acme/x.git   | {type: gitea, token_file: /t, api: 'ftp://h/api/v1'}                 | reached over HTTP
                    https://h/acme/x.git   | {type: gitea, token_file: /t, api: 'https://h/api/v1?token=geheim'}  | ends with its path
                    https://h/acme/x.git   | {type: gitea, token_file: /t, project: '../x'}                       | is written as in its address
                    https://h/acme/x.git   | {type: gitea, token_file: /t, project: 'a/b?c'}                      | is written as in its address
                    https://h/acme/x.git   | {type: svn, token_file: /t}                                          | must be `github`, `gitlab` or `gitea`
                    https://h/acme/x.git   | {type: gitea, token: geheim}                                         | there is no key `token` here
                    """)
    void what_could_not_work_is_said_with_its_place_and_without_secrets(
            String url, String forge, String message) {
        assertThat(read(url, forge))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        it ->
                                assertThat(it.problems())
                                        .anySatisfy(problem -> {
                                            assertThat(problem.message()).contains(message);
                                            assertThat(problem.message()).doesNotContain("geheim");
                                        }));
    }

    @ParameterizedTest
    @CsvSource({
        "gitlab, https://git.example.org/a/x.git, gitlab, https://git.example.org/a/y.git, true",
        "gitlab, https://git.example.org/a/x.git, gitea, https://code.example.org/a/y.git, true",
        "gitlab, https://git.example.org/a/x.git, gitlab, https://gitlab.com/a/y.git, false",
        "github, https://github.com/a/x.git, github, https://git.example.org/a/y.git, false"
    })
    void a_login_is_one_persons_at_all_forges_of_its_kind(
            String one, String url, String other, String otherUrl, boolean possible) {
        var yaml =
                """
                repositories:
                - {name: x, url: "%s", forge: {type: %s, token_file: /t}}
                - {name: y, url: "%s", forge: {type: %s, token_file: /t}}
                """
                        .formatted(url, one, otherUrl, other);

        var reading = new ConfigurationReader().read("assent.yml", yaml.getBytes(UTF_8));

        if (possible) assertThat(reading).isInstanceOf(Valid.class);
        else assertThat(reading.toString()).contains("let one daemon speak with one");
    }

    @Test
    void a_repository_without_a_forge_has_none() {
        var yaml = "repositories:\n- {name: shop, url: \"https://h/acme/x.git\"}\n";

        assertThat(new ConfigurationReader().read("assent.yml", yaml.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Valid.class, it -> assertThat(it.configuration().forges()).isEmpty());
    }
}
