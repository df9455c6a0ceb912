package dev.assent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.apply.Beginning;
import dev.assent.configuration.ConfigurationReading.Invalid;
import dev.assent.configuration.ConfigurationReading.Valid;
import dev.assent.manifest.Problem;
import dev.assent.model.ApplicationName;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Size;
import dev.assent.model.Sizes;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.SignedCommits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    @Test
    void the_sample_is_valid_and_means_what_its_comments_say() throws IOException {
        var configuration = valid(Files.readString(Path.of("../samples/assent.yml")));

        assertThat(configuration.repositories())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.poll()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(it.environments()).containsExactly("production", "staging");
                    assertThat(it.tokenFile()).contains(Path.of("/etc/assent/platform.token"));
                });
        var production = new ApplicationName("shop", "production");
        var staging = new ApplicationName("shop", "staging");
        assertThat(configuration.rule(production).beginning()).isEqualTo(Beginning.AFTER_MERGE);
        assertThat(configuration.rule(staging).beginning()).isEqualTo(Beginning.ON_APPROVAL);
        assertThat(configuration.rule(production).redeploy().orElseThrow().command(production))
                .containsExactly("systemctl", "restart", "shop.service");
        assertThat(configuration.rule(staging).redeploy()).isEmpty();
    }

    @Test
    void signed_commits_are_required_where_it_is_said_from_a_commit_on_or_not() {
        var configuration =
                valid(
                        """
                        repositories:
                        - {name: a, url: "file:///srv/a.git"}
                        - {name: b, url: "file:///srv/b.git", signed_commits: required}
                        - name: c
                          url: "file:///srv/c.git"
                          signed_commits: required
                          signed_since: 4b825dc642cb6eb9a060e54bf8d69288fbee4904
                        """);

        assertThat(configuration.repositories())
                .extracting(Repository::signedCommits)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new SignedCommits(Optional.empty())),
                        Optional.of(
                                new SignedCommits(
                                        Optional.of("4b825dc642cb6eb9a060e54bf8d69288fbee4904"))));
    }

    @ParameterizedTest
    @CsvSource({
        "signed_commits: required, signed_since: HEAD, names a commit by its whole id",
        "poll: 30s, signed_since: 4b825dc642cb6eb9a060e54bf8d69288fbee4904, add `signed_commits: required`",
    })
    void a_commit_to_begin_with_is_one_and_has_something_to_begin(
            String one, String other, String message) {
        var problems =
                problems(
                        "repositories:\n- name: a\n  url: file:///srv/a.git\n  %s\n  %s\n"
                                .formatted(one, other));

        assertThat(problems)
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains(message));
    }

    @Test
    void a_size_has_memory_and_disk_and_default_is_for_all_others() {
        var sizes =
                valid(
                                """
                                repositories:
                                - {name: shop, url: "file:///srv/shop.git"}
                                sizes:
                                  m3.medium: {memory: 2G, disk: 1T}
                                  default: {memory: 128M}
                                """)
                        .sizes();

        assertThat(sizes.of(sized("m3.medium"))).isEqualTo(new Size(2L << 30, 1L << 40));
        assertThat(sizes.of(sized("m9.huge"))).isEqualTo(new Size(128L << 20, 512L << 20));
        assertThat(sizes.of(ServerSpec.of("db"))).isEqualTo(new Size(128L << 20, 512L << 20));
        assertThat(Sizes.NONE.of(sized("m3.medium"))).isEqualTo(Size.USUAL);
    }

    private static ServerSpec sized(String size) {
        return new ServerSpec(new ServerName("db"), new TreeMap<>(Map.of("size", size)));
    }

    @Test
    void a_name_and_a_url_are_enough() {
        var configuration =
                valid(
                        """
                        repositories:
                        - {name: shop, url: "file:///srv/shop.git"}
                        """);

        assertThat(configuration.repositories())
                .containsExactly(
                        new Repository(
                                "shop",
                                "file:///srv/shop.git",
                                "main",
                                List.of(new ManifestPattern(".cloud66/manifest.yml")),
                                List.of("production"),
                                Duration.ofSeconds(30)));
        assertThat(configuration.providers())
                .containsOnlyKeys("here")
                .containsValue(
                        new ProviderSettings.Local(
                                20_000, 29_999, Optional.empty(), true, Optional.empty()));
        assertThat(configuration.rule(new ApplicationName("shop", "production")))
                .isEqualTo(new ApplicationRule("*/*", "here", Beginning.ON_APPROVAL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "poll: 5 minutes                           | 5 | a time is a number",
                "url: 'https://me:secret@example.org/r'   | 5 | must not hold a password",
                "manifests: [/etc/passwd]                 | 5 | etc/passwd",
                "surprise: true                           | 5 | surprise",
            })
    void what_is_wrong_with_a_repository_is_said_with_its_line(
            String setting, int line, String message) {
        var text =
                """
                repositories:
                - name: platform
                  %s
                  branch: main
                  %s
                """
                        .formatted(
                                setting.startsWith("url") ? "" : "url: file:///srv/platform.git",
                                setting);

        var problems = problems(text);

        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().place().line()).isEqualTo(line);
        assertThat(problems.getFirst().message()).contains(message).doesNotContain("secret");
    }

    @Test
    void groups_follow_one_another_in_a_row_only_where_that_is_said() {
        var repositories = "repositories: [{name: a, url: 'file:///srv/a.git'}]\n";

        assertThat(valid(repositories).cascading()).isFalse();
        assertThat(valid(repositories + "replication: {}\n").cascading()).isFalse();
        assertThat(valid(repositories + "replication: {cascading: false}\n").cascading()).isFalse();
        assertThat(valid(repositories + "replication: {cascading: true}\n").cascading()).isTrue();
        assertThat(problems(repositories + "replication: {cascade: true}\n"))
                .singleElement()
                .satisfies(it -> assertThat(it.place().line()).isEqualTo(2));
    }

    @Test
    void plans_expire_after_a_week_and_removals_wait_for_nothing_unless_it_is_said() {
        var plain = valid("repositories: [{name: a, url: 'file:///srv/a.git'}]");
        var careful =
                valid(
                        """
                        repositories: [{name: a, url: "file:///srv/a.git"}]
                        applications:
                        - {match: "*/production", destroy_after: 24h}
                        plan_ttl: 2d
                        """);
        var shop = new ApplicationName("shop", "production");

        assertThat(plain.planTtl()).isEqualTo(Duration.ofDays(7));
        assertThat(plain.rule(shop).destroyAfter()).isZero();
        assertThat(careful.planTtl()).isEqualTo(Duration.ofDays(2));
        assertThat(careful.rule(shop).destroyAfter()).isEqualTo(Duration.ofDays(1));
        assertThat(
                        problems(
                                "repositories: [{name: a, url: 'file:///srv/a.git'}]\nplan_ttl: soon\n"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.place().line()).isEqualTo(2);
                    assertThat(it.message()).contains("`s`, `m`, `h` or `d`");
                });
    }

    @Test
    void a_policy_is_named_and_none_unless_it_is_said() {
        var repositories = "repositories: [{name: a, url: 'file:///srv/a.git'}]\n";

        assertThat(valid(repositories).policy()).isEmpty();
        assertThat(valid(repositories + "policy: policy.yml\n").policy())
                .contains(Path.of("policy.yml"));
    }

    @Test
    void everything_that_is_wrong_is_said_in_one_go() {
        var problems =
                problems(
                        """
                        repositories:
                        - {name: a, url: "file:///srv/a.git"}
                        - {name: a, url: "file:///srv/b.git"}
                        providers:
                          here: {type: local, ports: 1-2}
                        applications:
                        - {match: production, provider: there}
                        """);

        assertThat(problems)
                .extracting(it -> it.place().line() + " " + it.message())
                .containsExactly(
                        "3 another repository is called `a` too",
                        "5 ports are a range between 1024 and 65535: `20000-29999`",
                        "7 an application is matched as APP/ENVIRONMENT: `*/production`",
                        "7 there is no provider `there`; there is here");
    }

    @Test
    void how_variables_get_to_an_application_is_said_for_each_rule() {
        var configuration =
                valid(
                        """
                        repositories:
                        - {name: a, url: "file:///srv/a.git"}
                        applications:
                        - match: "*/production"
                          redeploy:
                            env_file: /etc/{app}/{environment}.env
                            command: [systemctl, restart, "{app}.service"]
                            timeout: 2m
                            owner: "root:shop"
                        - match: "*/*"
                          redeploy: {command: ["true"]}
                        """);
        var shop = new ApplicationName("shop", "production");

        var redeploy = configuration.rule(shop).redeploy().orElseThrow();
        var staging =
                configuration.rule(new ApplicationName("shop", "staging")).redeploy().orElseThrow();

        assertThat(redeploy.envFile(shop)).contains(Path.of("/etc/shop/production.env"));
        assertThat(redeploy.command(shop)).containsExactly("systemctl", "restart", "shop.service");
        assertThat(redeploy.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(redeploy.owner()).contains("root:shop");
        assertThat(staging.envFile(shop)).isEmpty();
        assertThat(staging.timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env_file: etc/x.env                       | whole path",
                "env_file: /etc/                           | whole path",
                "{env_file: /etc/x, owner: 'a b'}          | an owner is a user",
                "{command: ['true'], owner: shop}          | an owner without a file",
                "{command: ['true'], timeout: 1h}          | 10 minutes at most",
                "{command: systemctl restart shop}         | command",
                "{command: []}                             | command",
                "{}                                        | redeploy",
                "{shell: x}                                | shell",
            })
    void what_is_wrong_with_a_redeploy_is_said(String redeploy, String says) {
        var problems =
                problems(
                        """
                        repositories:
                        - {name: a, url: "file:///srv/a.git"}
                        applications:
                        - match: "*/*"
                          redeploy: %s
                        """
                                .formatted(
                                        redeploy.startsWith("{")
                                                ? redeploy
                                                : "{" + redeploy + "}"));

        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().place().line()).isEqualTo(5);
        assertThat(problems.toString()).contains(says);
    }

    @Test
    void an_empty_list_of_repositories_is_what_a_new_installation_begins_with() {
        assertThat(valid("repositories: []\n").repositories()).isEmpty();
    }

    @Test
    void the_configuration_that_the_package_brings_is_valid() throws IOException {
        var packaged = Files.readString(Path.of("../systemd/debian/assent.yml"));

        assertThat(valid(packaged).repositories()).isEmpty();
        assertThat(
                        valid(
                                        packaged.replace("repositories: []\n#", "repositories:\n ")
                                                .replace("\n#  ", "\n   "))
                                .repositories())
                .extracting(Repository::name)
                .containsExactly("platform");
    }

    @Test
    void a_file_without_repositories_watches_nothing_and_is_refused() {
        assertThat(problems("providers: {}\n")).isNotEmpty();
        assertThat(problems("")).isNotEmpty();
    }

    @Test
    void nobody_is_told_of_a_commits_way_unless_a_collector_is_named() {
        var plain = valid("repositories: [{name: a, url: 'file:///srv/a.git'}]");
        var told =
                valid(
                        """
                        repositories: [{name: a, url: 'file:///srv/a.git'}]
                        traces: {endpoint: "http://127.0.0.1:4318/v1/traces", headers_file: /h}
                        """);
        var wrong =
                problems(
                        """
                        repositories: [{name: a, url: 'file:///srv/a.git'}]
                        traces: {endpoint: "http://me:hunter2@127.0.0.1:4318/v1/traces"}
                        """);

        assertThat(plain.traces()).isEmpty();
        assertThat(told.traces())
                .contains(
                        new TracesSettings(
                                URI.create("http://127.0.0.1:4318/v1/traces"),
                                Optional.of(Path.of("/h"))));
        assertThat(wrong)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.message()).contains("`headers_file`").doesNotContain("hunter2");
                    assertThat(it.place().line()).isEqualTo(2);
                });
    }

    private static Configuration valid(String text) {
        return switch (read(text)) {
            case Valid(var configuration) -> configuration;
            case Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<Problem> problems(String text) {
        return switch (read(text)) {
            case Valid _ -> List.of();
            case Invalid(var problems) -> problems;
        };
    }

    private static ConfigurationReading read(String text) {
        return new ConfigurationReader().read("assent.yml", text.getBytes(StandardCharsets.UTF_8));
    }
}
