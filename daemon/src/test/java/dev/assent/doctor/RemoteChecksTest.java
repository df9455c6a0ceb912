package dev.assent.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.configuration.OidcSettings;
import dev.assent.doctor.Finding.Verdict;
import dev.assent.forge.ForgeException;
import dev.assent.forge.Right;
import dev.assent.forge.fake.FakeForge;
import dev.assent.forge.fake.FakeGitHub;
import dev.assent.forge.fake.FakeGitLab;
import dev.assent.forge.fake.FakeGitea;
import dev.assent.forge.fake.Fault;
import dev.assent.http.Issuer;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.source.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is looked at elsewhere: repositories, forges, issuers.
class RemoteChecksTest {

    @TempDir Path folder;

    @Test
    void a_repository_is_read_with_its_token_and_its_manifests_are_counted() throws Exception {
        origin();
        var before = lookedInto();
        try (var server = new WebServer(folder)) {
            server.demand("x-access-token", "right");
            var url = server.url() + "/platform.git";

            assertThat(look(url, "main", "right"))
                    .isEqualTo(Finding.fine("branch `main` has manifests: 2"));
            assertThatThrownBy(() -> look(url, "main", "hunter2"))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("does not accept the token")
                    .hasMessageNotContaining("hunter2");
        }
        // Nothing is left behind.
        assertThat(lookedInto()).isEqualTo(before);
    }

    private static Set<Path> lookedInto() throws IOException {
        try (var there = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return there.filter(it -> it.getFileName().toString().startsWith("assent-look-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void a_branch_that_is_missing_and_manifests_that_are_elsewhere_are_told() throws Exception {
        origin();
        var url = folder.resolve("platform.git").toUri().toString().replace("file:/", "file:///");
        url = url.replaceFirst("file:/+", "file:///");

        assertThat(look(url, "trunk", "").verdict()).isEqualTo(Verdict.TROUBLE);
        assertThat(look(url, "trunk", "").found()).contains("has no branch `trunk`");
        assertThat(look(url, "docs", "").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(look(url, "docs", "").found()).contains("no manifest", "apps/{app}");
    }

    @Test
    void an_empty_repository_and_one_out_of_reach_are_told() throws Exception {
        Git.init().setBare(true).setDirectory(folder.resolve("empty.git").toFile()).call().close();

        assertThat(look("file://" + folder.resolve("empty.git"), "main", "").found())
                .isEqualTo("it is empty");
        assertThatThrownBy(() -> look("http://127.0.0.1:1/x.git", "main", "hunter2"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no connection")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea"})
    void who_we_are_at_a_forge_and_what_we_may_do_is_told(String kind) {
        try (var forge = fake(kind)) {
            forge.permission(FakeForge.BOT, Right.WRITE);
            var check = new ForgeCheck("platform", forge.settings(folder));

            var fine = check.look();
            assertThat(fine.verdict()).as(fine.found()).isEqualTo(Verdict.FINE);
            assertThat(fine.found()).contains("as " + FakeForge.BOT + " (write)");

            forge.permission(FakeForge.BOT, Right.READ);
            assertThat(check.look().verdict()).isEqualTo(Verdict.WARNING);
            assertThat(check.look().found()).contains("no statuses");

            forge.permission(FakeForge.BOT, Right.NONE);
            assertThat(check.look().verdict()).isEqualTo(Verdict.TROUBLE);
        }
    }

    @Test
    void a_token_that_ends_soon_is_told_of() {
        try (var forge = FakeGitLab.start("acme/platform")) {
            forge.permission(FakeForge.BOT, Right.WRITE);
            var check = new ForgeCheck("platform", forge.settings(folder));

            forge.tokenExpires(LocalDate.now(ZoneOffset.UTC).plusDays(100));
            assertThat(check.look().verdict()).isEqualTo(Verdict.FINE);
            forge.tokenExpires(LocalDate.now(ZoneOffset.UTC).plusDays(5));
            assertThat(check.look().verdict()).isEqualTo(Verdict.WARNING);
            assertThat(check.look().found()).contains("its token expires on 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea"})
    void a_token_that_does_not_count_any_more_is_a_trouble_and_is_not_told(String kind) {
        try (var forge = fake(kind)) {
            var check = new ForgeCheck("platform", forge.settings(folder));
            forge.fails(Fault.TOKEN_REVOKED, 5);

            assertThatThrownBy(check::look)
                    .isInstanceOf(ForgeException.class)
                    .hasMessageContaining("the token is not accepted")
                    .hasMessageNotContaining(forge.token());
        }
    }

    @Test
    void an_issuer_is_asked_for_its_keys() throws Exception {
        try (var issuer = new Issuer()) {
            assertThat(oidc(issuer.uri()).verdict()).isEqualTo(Verdict.FINE);
            issuer.called = "https://other.example.org";
            assertThat(oidc(issuer.uri()).found()).contains("speaks for another issuer");
        }
        assertThat(oidc(URI.create("http://127.0.0.1:1")).verdict()).isEqualTo(Verdict.TROUBLE);
    }

    private static Finding oidc(URI issuer) {
        return new OidcCheck(
                        new OidcSettings(issuer, "assent", Optional.empty(), "groups", Map.of()))
                .look();
    }

    private static FakeForge fake(String kind) {
        return switch (kind) {
            case "github" -> FakeGitHub.start("acme/platform");
            case "gitlab" -> FakeGitLab.start("acme/platform");
            default -> FakeGitea.start("acme/platform");
        };
    }

    private Finding look(String url, String branch, String token) throws Exception {
        var file =
                token.isEmpty()
                        ? Optional.<Path>empty()
                        : Optional.of(Files.writeString(folder.resolve("token"), token));
        return new RepositoryCheck(
                        new Repository(
                                "platform",
                                url,
                                branch,
                                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                                List.of("production"),
                                Duration.ofSeconds(30),
                                file,
                                Optional.empty()))
                .look();
    }

    private void origin() throws Exception {
        var work = folder.resolve("work");
        try (var git = Git.init().setInitialBranch("docs").setDirectory(work.toFile()).call()) {
            Files.writeString(work.resolve("README"), "nothing");
            commit(git);
            git.checkout().setCreateBranch(true).setName("main").call();
            for (var app : List.of("shop", "blog")) {
                var manifest = work.resolve("apps").resolve(app).resolve("manifest.yml");
                Files.createDirectories(manifest.getParent());
                Files.writeString(manifest, "postgresql: {configuration: {version: 17}}\n");
            }
            commit(git);
        }
        Git.cloneRepository()
                .setBare(true)
                .setURI(work.toUri().toString())
                .setDirectory(folder.resolve("platform.git").toFile())
                .call()
                .close();
    }

    private static void commit(Git git) throws Exception {
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage("x")
                .setAuthor("t", "t@example.org")
                .setCommitter("t", "t@example.org")
                .setSign(false)
                .call();
    }
}
