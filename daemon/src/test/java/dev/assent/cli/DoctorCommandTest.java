package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.ServerFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {

    @TempDir Path folder;

    @BeforeEach
    void make() throws IOException, GitAPIException {
        Files.createDirectories(folder.resolve("run"));
        Files.setPosixFilePermissions(
                folder.resolve("run"), PosixFilePermissions.fromString("rwx------"));
        ServerFile.write(folder.resolve("run"), URI.create("http://127.0.0.1:1"));
        Git.init().setBare(true).setDirectory(folder.resolve("a.git").toFile()).call().close();
        configure("a.git", "");
    }

    @Test
    void an_installation_that_does_not_run_yet_has_warnings_at_most() {
        var typed = doctor(Map.of());

        assertThat(typed.code()).as(typed.out()).isZero();
        assertThat(typed.out())
                .contains("✓ configuration ")
                .contains("! daemon ", "none answers at")
                .contains("→ systemctl start assentd")
                .contains("! repository a ", "it is empty")
                .containsPattern("\n0 troubles, [0-9]+ warnings?, [0-9]+ checks\\.\n$");
    }

    @Test
    void a_trouble_makes_the_answer_no_and_programs_hear_it_too() throws IOException {
        configure("gone.git", "");

        var text = doctor(Map.of());
        var json = doctor(Map.of(), "--format", "json");

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out()).contains("✗ repository a ", "there is no Git repository");
        var report = JsonMapper.shared().readTree(json.out());
        assertThat(json.code()).isEqualTo(1);
        assertThat(report.path("healthy").asBoolean()).isFalse();
        assertThat(report.findValuesAsString("subject"))
                .contains("configuration", "daemon", "record", "disk", "repository a");
        assertThat(report.findValuesAsString("verdict")).contains("fine", "warning", "trouble");
    }

    @Test
    void what_variables_say_counts_here_too() {
        var typed = doctor(Map.of("ASSENT_CONFIG_PLAN_TTL", "soon"));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out())
                .contains("✗ configuration ", "ASSENT_CONFIG_PLAN_TTL: a time is")
                .doesNotContain("repository a");
    }

    @Test
    void without_a_configuration_nothing_can_be_looked_at() throws IOException {
        Files.delete(folder.resolve("assent.yml"));

        var typed = doctor(Map.of());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).startsWith("assent: could not read the configuration");
    }

    @Test
    void no_secret_is_told() throws IOException {
        var token = folder.resolve("token");
        Files.writeString(token, "hunter2-hunter2-hunter2");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("assent.yml"),
                """
                repositories:
                - name: a
                  url: http://127.0.0.1:1/acme/a.git
                  token_file: token
                  webhook: {secret_file: token}
                  forge: {type: gitlab, token_file: token}
                notifications:
                - {name: n, type: webhook, url: "http://127.0.0.1:1/hunter2", secret_file: token}
                - {name: s, type: slack, url_file: token}
                """);

        var text = doctor(Map.of("ASSENT_TOKEN", "hunter2"));

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out() + text.err())
                .contains("✗ repository a", "✗ forge of a", "✗ notification n", "✗ notification s")
                .doesNotContain("hunter2");
    }

    private void configure(String repository, String rest) throws IOException {
        Files.writeString(
                folder.resolve("assent.yml"),
                "repositories: [{name: a, url: \"file://%s\"}]\n%s"
                        .formatted(folder.resolve(repository), rest));
    }

    private Typed doctor(Map<String, String> variables, String... more) {
        var arguments =
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(
                                        "doctor",
                                        "--config",
                                        folder.resolve("assent.yml").toString(),
                                        "--state",
                                        folder.resolve("state").toString(),
                                        "--run",
                                        folder.resolve("run").toString()),
                                java.util.stream.Stream.of(more))
                        .toArray(String[]::new);
        return Typed.run(false, variables, arguments);
    }
}
