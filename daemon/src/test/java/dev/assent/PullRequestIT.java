package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.forge.Right;
import dev.assent.forge.fake.FakeGitHub;
import dev.assent.forge.fake.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program and a pull request: read, approved and carried out where it is discussed.
class PullRequestIT {

    private static final String MANIFEST = "apps/shop/manifest.yml";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void a_comment_has_a_server_built_and_hears_of_it() throws IOException {
        try (var forge = FakeGitHub.start("acme/platform");
                var installation = new Installation(folder)) {
            forge.permission("bo", Right.WRITE);
            installation.configure(ForgeConfiguration.of(forge, folder), ForgeConfiguration.POLICY);
            installation.push(MANIFEST, "# nothing yet\n");
            installation.start();
            var commit = installation.pushTo("one", "refs/pull/1/head", MANIFEST, manifest());
            forge.openPullRequest("ada", "A group", "one", "main", commit);
            await().atMost(PATIENCE).until(() -> forge.ours(1).size() == 1);
            assertThat(forge.ours(1).getFirst().text()).contains("postgresql/main");
            assertThat(installation.assent("plans", "--branch", "#1").out()).contains("#1 of");

            forge.comment("bo", 1, "/assent approve");

            await().atMost(PATIENCE)
                    .until(() ->
                            forge.ours(1).stream()
                                    .map(Said::text)
                                    .anyMatch(it -> it.contains("### Applied")));
            assertThat(installation.servers()).hasSize(1);
            await().atMost(PATIENCE)
                    .until(() -> forge.status(commit, "assent/apply").state().equals("success"));
            assertThat(installation.log()).doesNotContain(forge.token());
        }
    }

    private static String manifest() {
        return """
        postgresql:
          groups:
            main:
              configuration: {version: "16"}
              servers:
              - server: {unique_name: main}
        """;
    }
}
