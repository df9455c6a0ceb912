package dev.assent.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Code;
import dev.assent.manifest.Problem;
import dev.assent.manifest.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files with secrets that a configuration names: where they are looked for, and who may read
/// them.
class SecretFilesTest {

    @TempDir Path folder;

    @BeforeEach
    void let_everybody_pass() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void a_name_is_a_credential_of_the_service_first_and_then_a_file_beside_the_configuration()
            throws IOException {
        var credentials = Files.createDirectory(folder.resolve("credentials"));
        secret(credentials.resolve("a.token"), "rw-r--r--");
        secret(folder.resolve("a.token"), "rw-------");
        secret(folder.resolve("b.token"), "rw-------");

        var configuration =
                switch (checked(
                                Map.of("CREDENTIALS_DIRECTORY", credentials.toString()),
                                "a.token",
                                "b.token",
                                "/x/c.token")
                        .reading()) {
                    case ConfigurationReading.Valid(var it) -> it;
                    case ConfigurationReading.Invalid(var it) ->
                            throw new AssertionError(it.toString());
                };

        assertThat(configuration.repositories())
                .extracting(it -> it.tokenFile().orElseThrow())
                .containsExactly(
                        credentials.resolve("a.token"),
                        folder.resolve("b.token"),
                        Path.of("/x/c.token"));
    }

    @Test
    void every_kind_of_secret_is_found_that_way() throws IOException {
        var credentials = Files.createDirectory(folder.resolve("credentials"));
        for (var it : List.of("k", "forge", "hook", "url", "sign", "mail", "pem")) {
            secret(credentials.resolve(it), "rw-------");
        }

        var reading =
                check(
                                """
                                repositories:
                                - name: a
                                  url: ssh://git@git.example.org/acme/a.git
                                  ssh_key: k
                                  forge: {type: gitlab, token_file: forge}
                                  webhook: {secret_file: hook}
                                - name: b
                                  url: https://github.com/acme/b.git
                                  forge: {type: github, app: {id: 1, key_file: pem}}
                                notifications:
                                - {name: a, type: slack, url_file: url}
                                - {name: b, type: webhook, url: "https://h.example.org", secret_file: sign}
                                - name: c
                                  type: email
                                  from: a@example.org
                                  to: [a@example.org]
                                  smtp: {host: h, user: u, password_file: mail}
                                """,
                                Map.of("CREDENTIALS_DIRECTORY", credentials.toString()))
                        .reading();

        assertThat(reading)
                .isInstanceOfSatisfying(
                        ConfigurationReading.Valid.class,
                        it -> {
                            var all = it.configuration().toString();
                            for (var name :
                                    List.of("k", "forge", "hook", "url", "sign", "mail", "pem")) {
                                assertThat(all).contains(credentials.resolve(name).toString());
                            }
                        });
    }

    @Test
    void a_secret_that_everybody_can_read_is_refused_with_the_command_that_mends_it()
            throws IOException {
        secret(folder.resolve("a.token"), "rw-r--r--");

        var problem = problems("a.token").getFirst();

        assertThat(problem.code()).isEqualTo(Code.OPEN_SECRET);
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        assertThat(problem.suggestion())
                .isEqualTo(Optional.of("chmod o-rwx " + folder.resolve("a.token")));
        assertThat(checked(Map.of(), "a.token").reading())
                .isInstanceOf(ConfigurationReading.Invalid.class);
    }

    @Test
    void a_secret_in_a_folder_that_is_closed_is_kept() throws IOException {
        secret(folder.resolve("a.token"), "rw-r--r--");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(problems("a.token")).isEmpty();
    }

    @Test
    void the_group_may_read_a_secret() throws IOException {
        secret(folder.resolve("a.token"), "rw-r-----");

        assertThat(problems("a.token")).isEmpty();
    }

    @Test
    void what_is_missing_or_no_file_is_a_warning() throws IOException {
        Files.createDirectory(folder.resolve("b.token"));

        assertThat(problems("a.token", "b.token", "\\0"))
                .extracting(it -> it.severity() + " " + it.message())
                .containsExactlyInAnyOrder(
                        "ERROR no file can be called that",
                        "WARNING there is no file " + folder.resolve("a.token"),
                        "WARNING " + folder.resolve("b.token") + " is a folder");
    }

    private static void secret(Path file, String mode) throws IOException {
        Files.writeString(file, "hunter2-hunter2");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private List<Problem> problems(String... tokens) {
        return checked(Map.of(), tokens).problems();
    }

    private CheckedConfiguration checked(Map<String, String> environment, String... tokens) {
        var text = new StringBuilder("repositories:\n");
        for (var i = 0; i < tokens.length; i++) {
            text.append(
                    "- {name: r%d, url: \"https://git.example.org/r.git\", token_file: \"%s\"}\n"
                            .formatted(i, tokens[i]));
        }
        return check(text.toString(), environment);
    }

    private CheckedConfiguration check(String text, Map<String, String> environment) {
        return new ConfigurationReader()
                .check(folder.resolve("assent.yml").toString(), text.getBytes(UTF_8), environment);
    }
}
