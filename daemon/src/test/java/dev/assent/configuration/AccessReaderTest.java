package dev.assent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.ConfigurationReading.Invalid;
import dev.assent.configuration.ConfigurationReading.Valid;
import dev.assent.manifest.Problem;
import dev.assent.state.TokenScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `http`, `oidc` and `webhook` in the configuration.
class AccessReaderTest {

    private static final String REPOSITORIES =
            """
            repositories:
            - {name: shop, url: "file:///srv/shop.git"}
            """;

    @Test
    void what_is_left_out_is_closed() {
        assertThat(valid(REPOSITORIES)).isEqualTo(AccessSettings.NONE);
    }

    @Test
    void names_issuer_and_webhooks_are_read() {
        var settings =
                valid(
                        """
                        repositories:
                        - {name: shop, url: "file:///srv/shop.git"}
                        - name: platform
                          url: file:///srv/platform.git
                          webhook: {secret_file: /etc/assent/platform.webhook}
                        http: {names: [assent.example.org]}
                        oidc:
                          issuer: https://login.example.org/realms/main
                          audience: assent
                          scopes: {assent-admins: admin, dba: approve}
                        """);

        assertThat(settings.names()).containsExactly("assent.example.org");
        assertThat(settings.webhooks())
                .isEqualTo(Map.of("platform", Path.of("/etc/assent/platform.webhook")));
        assertThat(settings.oidc())
                .contains(
                        new OidcSettings(
                                URI.create("https://login.example.org/realms/main"),
                                "assent",
                                Optional.empty(),
                                "groups",
                                Map.of(
                                        "assent-admins", TokenScope.ADMIN,
                                        "dba", TokenScope.APPROVE)));
    }

    @Test
    void who_may_read_what_is_counted_is_read() {
        assertThat(valid(REPOSITORIES + "http: {metrics: token}\n").metrics())
                .isEqualTo(AccessSettings.Readers.TOKEN);
        assertThat(valid(REPOSITORIES).metrics()).isEqualTo(AccessSettings.Readers.LOCAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {metrics: everybody}                                                 | `everybody`",
                "http: {names: ['https://assent.example.org']}                              | a host name stands without scheme",
                "http: {names: ['assent.example.org:443']}                                  | a host name stands without scheme",
                "oidc: {issuer: 'http://login.example.org', audience: a}                    | an issuer is an `https://` URL",
                "oidc: {issuer: 'https://me:pw@login.example.org', audience: a}             | an issuer is an `https://` URL",
                "oidc: {issuer: 'https://', audience: a}                                    | an issuer is an `https://` URL",
                "oidc: {issuer: 'https://login.example.org'}                                | audience",
                "oidc: {issuer: 'https://login.example.org', audience: a, scopes: {x: root}} | root",
            })
    void what_cannot_be_meant_is_said_with_its_line(String line, String says) {
        var problems = invalid(REPOSITORIES + line.strip() + "\n");

        assertThat(problems)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.message()).contains(says);
                    assertThat(it.place().line()).isEqualTo(3);
                });
    }

    private static AccessSettings valid(String text) {
        return switch (read(text)) {
            case Valid(var configuration) -> configuration.access();
            case Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<Problem> invalid(String text) {
        return switch (read(text)) {
            case Valid(var configuration) -> throw new AssertionError(configuration.toString());
            case Invalid(var problems) -> problems;
        };
    }

    private static ConfigurationReading read(String text) {
        return new ConfigurationReader().read("assent.yml", text.getBytes(StandardCharsets.UTF_8));
    }
}
