package dev.assent;

import static dev.assent.Nodes.PATIENCE;
import static dev.assent.Nodes.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Nodes.Node;
import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several daemons that work on one record at the same time.
class NodesIT {

    @TempDir Path folder;
    private Nodes nodes;

    @BeforeEach
    void begin() throws Exception {
        nodes = new Nodes(folder);
    }

    @AfterEach
    void end() throws IOException {
        nodes.close();
    }

    @Test
    void a_node_does_what_another_one_was_asked_and_goes_on_with_what_that_one_began()
            throws Exception {
        var one = nodes.node("one");
        one.start();
        var other = nodes.node("other");
        other.start();
        nodes.push("shop", "blog", "wiki");
        var plans = other.plans("proposed", 3);
        var status = other.client().status(Optional.empty()).nodes();
        assertThat(status).extracting(Status.Node::answers).containsExactly(false, true);
        assertThat(status).extracting(Status.Node::duties).containsOnlyOnce(true);

        other.approve(plans.getFirst());
        one.await(plans.getFirst(), "applied", PATIENCE);

        one.breakAt("provider.afterBuild#1+=pause");
        one.approve(plans.get(1));
        one.approve(plans.get(2));
        one.awaitSteps(plans.get(1), plans.get(2));
        one.kill();

        other.await(plans.get(1), "applied", SOON);
        other.await(plans.get(2), "applied", SOON);
        plans.forEach(it -> assertEachStepOnce(other, it));
        assertThat(nodes.servers()).hasSize(3);
        assertThat(other.client().verifyAudit(false).whole()).isTrue();

        nodes.push("forum");
        assertThat(other.plans("proposed", 1)).hasSize(1);
    }

    @Test
    void a_node_that_was_paused_or_cut_off_for_too_long_writes_nothing_more_and_ends()
            throws Exception {
        try (var cable = new Cable(nodes.record().hosts().getFirst())) {
            var paused = nodes.node("paused");
            paused.start();
            nodes.push("shop", "blog");
            var plans = paused.plans("proposed", 2);
            var cut = nodes.node("cut", cable);
            cut.start();
            var other = nodes.node("other");
            other.start();
            // Outside of what it does to servers: there it would be killed by who waits for them.
            paused.breakAt("journal.afterStarted#1+=pause");
            paused.approve(plans.getFirst());
            paused.awaitSteps(plans.getFirst());
            cut.breakAt("provider.afterBuild#1+=pause");
            cut.approve(plans.getLast());
            cut.awaitSteps(plans.getLast());

            paused.signal("STOP");
            cable.cut();

            other.await(plans.getFirst(), "applied", SOON);
            other.await(plans.getLast(), "applied", SOON);
            paused.breakAt("");
            paused.signal("CONT");
            assertThat(paused.exit()).isEqualTo(75);
            assertThat(paused.log()).contains("this daemon may not go on");
            assertThat(cut.exit()).isEqualTo(75);
            plans.forEach(it -> assertEachStepOnce(other, it));
            assertThat(nodes.servers()).hasSize(2);
            nodes.push("wiki");
            assertThat(other.plans("proposed", 1)).hasSize(1);
        }
    }

    @Test
    void a_node_that_ends_in_order_leaves_its_work_to_others_at_once() throws Exception {
        var one = nodes.node("one");
        one.start();
        nodes.push("shop");
        var plan = one.plans("proposed", 1).getFirst();
        var other = nodes.node("other");
        other.start();

        one.approve(plan);
        one.stop();

        other.await(plan, "applied", Duration.ofSeconds(8));
        assertEachStepOnce(other, plan);
        nodes.push("blog");
        assertThat(other.plans("proposed", 1)).hasSize(1);
        var same = nodes.node("other");
        assertThat(same.refused()).contains("node other runs already");
    }

    private static void assertEachStepOnce(Node asked, String plan) {
        var done =
                asked.progress(plan).entries().stream()
                        .filter(it -> it.event().equals("done"))
                        .map(ProgressReport.Entry::step)
                        .toList();
        assertThat(done).isNotEmpty().doesNotHaveDuplicates();
    }
}
