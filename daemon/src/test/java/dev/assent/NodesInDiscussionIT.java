package dev.assent;

import static dev.assent.Nodes.PATIENCE;
import static dev.assent.Nodes.SOON;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Nodes.Node;
import dev.assent.forge.Right;
import dev.assent.forge.fake.FakeGitHub;
import dev.assent.forge.fake.Said;
import dev.assent.http.api.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several daemons on one record, and pull requests: people hear one voice, whichever node it is.
class NodesInDiscussionIT {

    @TempDir Path folder;
    private Nodes nodes;
    private FakeGitHub forge;

    @BeforeEach
    void begin() throws Exception {
        nodes = new Nodes(folder);
        forge = FakeGitHub.start("acme/platform");
        forge.permission("bo", Right.WRITE);
        nodes.configure(ForgeConfiguration.of(forge, folder), ForgeConfiguration.POLICY);
    }

    @AfterEach
    void end() throws IOException {
        nodes.close();
        forge.close();
    }

    @Test
    void what_one_node_said_another_goes_on_from_and_a_yes_counts_once() throws Exception {
        nodes.push("blog");
        var one = nodes.node("one");
        one.start();
        var other = nodes.node("other");
        other.start();
        forge.openPullRequest("ada", "A shop", "shop", "main", nodes.pullRequest(1, "shop"));
        await().atMost(PATIENCE).until(() -> forge.ours(1).size() == 1);
        assertThat(forge.ours(1).getFirst().text()).contains("redis/default");

        var speaker = onDuty(one, other);
        var heir = speaker == one ? other : one;
        speaker.kill();
        forge.comment("bo", 1, "/assent approve");

        await().atMost(SOON.multipliedBy(2)).until(() -> said(1).contains("### Applied"));
        assertThat(nodes.servers()).hasSize(1);
        assertThat(timesHeard()).isEqualTo(1);
        assertThat(forge.ours(1)).hasSize(3);

        speaker.start();
        forge.openPullRequest("ada", "A wiki", "wiki", "main", nodes.pullRequest(2, "wiki"));
        await().atMost(PATIENCE).until(() -> !forge.ours(2).isEmpty());
        forge.comment("bo", 2, "/assent approve");
        await().atMost(PATIENCE).until(() -> said(2).contains("### Applied"));
        // Whatever else would be said is said by the time that something newer was read.
        nodes.push("forum");
        speaker.plans("proposed", 2);
        assertThat(timesHeard()).isEqualTo(1);
        assertThat(forge.ours(1)).hasSize(3);
        assertThat(forge.ours(2)).hasSize(3);
        assertThat(nodes.servers()).hasSize(2);
        assertThat(heir.client().verifyAudit(false).whole()).isTrue();
    }

    /// The node that does what one does for all.
    private static Node onDuty(Node one, Node other) {
        var status = one.client().status(Optional.empty()).nodes();
        var name = status.stream().filter(Status.Node::duties).findFirst().orElseThrow().name();
        return name.startsWith("one") ? one : other;
    }

    private String said(int number) {
        return forge.ours(number).stream().map(Said::text).collect(joining("\n"));
    }

    /// How often a yes was heard, each of which is answered with a sign beneath it.
    private long timesHeard() {
        return forge.requests().stream().filter(it -> it.path().endsWith("/reactions")).count();
    }
}
