package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which node applies which plan. Both nodes write through one store here, which is told in whose
/// life it does.
class NodesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path folder;

    private Room room;
    private Leases leases;

    @BeforeEach
    void open() {
        room = new Room(folder);
        leases = room.store().leases();
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void a_plan_is_its_nodes_as_long_as_that_lives() {
        leases.begin("one", LONG);
        var approval = room.started(SHOP, creating(MAIN));
        assertThat(room.plans().node(approval.digest())).contains("one");
        assertThat(room.plans().ours()).containsExactly(approval.digest());

        leases.begin("other", LONG);

        assertThat(room.plans().ours()).isEmpty();
        assertThat(room.plans().orphaned()).isEmpty();
        assertThat(room.plans().takeUpOrphaned(approval.digest())).isEmpty();
        room.store().journal().started(approval, "c1.1", "build");
    }

    @Test
    void a_plan_whose_node_is_no_more_is_taken_up_once_and_its_former_node_can_write_no_more() {
        leases.begin("one", LONG);
        var former = room.started(SHOP, creating(MAIN));
        leases.begin("other", LONG);
        leases.releaseAll("one");

        assertThat(room.plans().orphaned()).containsExactly(former.digest());
        var now = room.plans().takeUpOrphaned(former.digest());

        assertThat(now).hasValueSatisfying(it -> assertThat(it.attempt()).isEqualTo(2));
        assertThat(room.plans().node(former.digest())).contains("other");
        assertThat(room.plans().takeUpOrphaned(former.digest())).isEmpty();
        assertThat(room.store().journal().isUnderWay(former)).isFalse();
        assertThatThrownBy(() -> room.store().journal().started(former, "c1.1", "build"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("no longer being applied by attempt 1");
        room.store().journal().started(now.orElseThrow(), "c1.1", "build");
        assertThat(room.store().audit().newest(AuditFilter.NONE, 9))
                .extracting(AuditEntry::detail)
                .contains("it was interrupted on node one, attempt 2");
    }

    @Test
    void a_lease_that_ran_out_is_as_good_as_none() {
        leases.begin("one", Duration.ofMillis(200));
        room.started(SHOP, creating(MAIN));
        leases.begin("other", LONG);

        await().until(() -> !room.plans().orphaned().isEmpty());

        assertThat(leases.nodes()).containsExactly(new Leases.Node("other", false, true));
        leases.tidy();
        assertThat(room.plans().orphaned()).hasSize(1);
    }

    @Test
    void what_a_daemon_alone_was_applying_is_taken_up_by_the_first_node() {
        var alone = room.started(SHOP, creating(MAIN));
        assertThat(room.plans().node(alone.digest())).isEmpty();

        leases.begin("one", LONG);

        assertThat(room.plans().orphaned()).containsExactly(alone.digest());
    }

    @Test
    void a_plan_that_has_ended_or_stands_still_is_nobodys() {
        leases.begin("one", LONG);
        var ended = room.started(SHOP, creating(MAIN));
        room.plans().applied(ended);
        var standing = room.started(BLOG, creating(MAIN));
        room.plans().needsDecision(standing, "c1.1", "who knows");
        leases.releaseAll("one");

        assertThat(room.plans().orphaned()).isEmpty();
        assertThat(room.plans().node(ended.digest())).isEmpty();
    }

    @Test
    void who_resolves_a_step_goes_on_with_the_plan() {
        leases.begin("one", LONG);
        var standing = room.started(SHOP, creating(MAIN));
        room.store().journal().started(standing, "c1.1", "build");
        room.plans().needsDecision(standing, "c1.1", "who knows");
        leases.begin("other", LONG);

        room.plans().resolve(standing.digest(), "c1.1", Resolution.RETRY, "ada");

        assertThat(room.plans().node(standing.digest())).contains("other");
    }

    @Test
    void what_is_taken_for_a_life_is_free_with_its_end_and_not_before() {
        leases.begin("one", LONG);
        assertThat(leases.takeForLife("redeploy/shop")).isEmpty();
        leases.begin("other", LONG);
        assertThat(leases.takeForLife("redeploy/shop")).contains("one");

        leases.releaseAll("one");

        assertThat(leases.takeForLife("redeploy/shop")).isEqualTo(Optional.empty());
        leases.begin("third", LONG);
        assertThat(leases.takeForLife("redeploy/shop")).contains("other");
    }

    @Test
    void what_is_left_is_free_and_only_its_holder_can_leave_it() {
        leases.begin("one", LONG);
        leases.takeForLife("redeploy/shop");
        leases.begin("other", LONG);
        leases.leave("redeploy/shop");
        assertThat(leases.takeForLife("redeploy/shop")).contains("one");
    }
}
