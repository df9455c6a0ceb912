package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.forge.fake.Asked;
import dev.assent.source.WebServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a hundred open pull requests in a repository of a thousand applications cost.
class ManyPullRequestsTest {

    private static final int APPLICATIONS = 1_000;
    private static final int PULL_REQUESTS = 100;
    private static final int PUSHES = 4;

    private static final String POLICY =
            """
            rules:
            - {name: everything, match: "*/*", by: [forge-write]}
            """;

    @TempDir Path folder;

    @Test
    void one_poll_is_one_fetch_and_one_request_is_one_comment() throws Exception {
        try (var server = new WebServer(folder);
                var forum = new Forum(Forum.Kind.GITHUB, folder, POLICY)) {
            forum.pipeline.reachAt(
                    server.url() + "/platform.git", Optional.empty(), Optional.empty());
            var all = new TreeMap<String, String>();
            for (var i = 0; i < APPLICATIONS; i++) all.put(path(i), "# nothing yet\n");
            var main = forum.pipeline.git.pushAll(all);
            for (var i = 0; i < PULL_REQUESTS; i++) push(forum, i, main, 0);
            forum.turn();
            assertThat(fetches(server)).as("fetches of the first poll").isEqualTo(1);
            assertThat(forum.pipeline.store.plans().open()).hasSize(PULL_REQUESTS);
            // Once more: what we wrote ourselves has changed the list.
            forum.turn();
            forum.turn();
            forum.forge.requests();
            server.requests();

            forum.turn();
            assertThat(fetches(server)).as("fetches of a poll where nothing changed").isZero();
            var calm = forum.forge.requests();
            assertThat(calm).allMatch(Asked::conditional).noneMatch(Asked::counts);
            assertThat(calm).as("requests of a poll where nothing changed").hasSizeLessThan(5);

            for (var push = 1; push < PUSHES; push++) {
                for (var i = 0; i < PULL_REQUESTS; i++) push(forum, i, main, push);
                server.requests();
                forum.turn();
                assertThat(fetches(server)).as("fetches after all were pushed").isEqualTo(1);
            }
            // One edit of the comment and two words about each commit, old and new, and the list.
            assertThat(forum.forge.requests().stream().filter(Asked::counts))
                    .hasSizeLessThan((PUSHES - 1) * PULL_REQUESTS * 5 + 50);
            for (var i = 1; i <= PULL_REQUESTS; i++) {
                assertThat(forum.ours(i)).as("comments in #" + i).hasSize(1);
                assertThat(forum.ours(i).getFirst()).contains("postgresql/g" + (PUSHES - 1));
            }
            assertThat(forum.pipeline.store.plans().open()).hasSize(PULL_REQUESTS);
        }
    }

    private static String path(int application) {
        return "apps/app-%d/manifest.yml".formatted(application);
    }

    private static void push(Forum forum, int i, String main, int push) throws Exception {
        var manifest = Pipeline.manifest("g" + push);
        var commit = forum.pipeline.git.commitOn(main, path(i), manifest);
        if (push == 0) {
            forum.forge.openPullRequest("ada", "Change " + i, "change-" + i, "main", commit);
        } else {
            forum.forge.push(i + 1L, commit);
        }
        forum.pipeline.git.setRef("refs/pull/" + (i + 1) + "/head", commit);
    }

    /// How often the server was connected to beyond the one look where everything stands.
    private static long fetches(WebServer server) {
        return server.requests().stream().filter(it -> it.startsWith("GET")).count() - 1;
    }
}
