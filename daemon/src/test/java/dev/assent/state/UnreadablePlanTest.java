package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.commit;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.refusal;
import static dev.assent.state.Room.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import dev.assent.state.Plans.Proposal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stored plan whose changes no longer have its digest stops nobody but whoever asks for it.
class UnreadablePlanTest {

    @TempDir Path folder;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void it_is_left_out_of_lists_and_found_and_decided_by_nobody() throws SQLException {
        var other = room.proposed(BLOG, creating(MAIN));
        var plan = room.proposed(SHOP, creating(MAIN));
        spoil(plan, "replace(body, 'main-1', 'evil-1')");

        assertThat(room.plans().open()).containsExactly(room.stored(other));
        assertThat(room.plans().list(Optional.empty(), 10)).containsExactly(room.stored(other));
        assertThat(room.plans().list(Optional.of(SHOP), 10)).isEmpty();
        assertThatThrownBy(() -> room.plans().find(plan.id())).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> room.plans().decide(plan.digest(), yes("ada")))
                .isInstanceOf(StateException.class);
        assertThat(room.plans().decide(other.digest(), yes("ada")))
                .isInstanceOf(Decision.Decided.class);
    }

    @Test
    void one_that_waits_is_superseded_by_the_next_plan_of_its_application() throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        var body = spoil(plan, "'{}'");

        var next = room.plan(SHOP, creating(SPARE));

        assertThat(room.plans().propose(next, commit("b2"))).isEqualTo(Proposal.NEW);
        restore(plan, body);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(room.stored(plan).supersededBy()).contains(next.digest());
    }

    @Test
    void what_it_superseded_names_no_successor_that_cannot_be_read() throws SQLException {
        var first = room.proposed(SHOP, creating(MAIN));
        var second = room.proposed(SHOP, creating(SPARE));
        spoil(second, "'not even JSON'");

        assertThat(refusal(room.plans().decide(first.digest(), yes("ada"))))
                .contains("was superseded, because a newer commit changed what is wanted");
    }

    @Test
    void the_same_plan_is_written_anew_and_waits_without_the_old_assent() throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        spoil(plan, "'{}'");

        assertThat(room.plans().propose(plan, commit("a1"))).isEqualTo(Proposal.NEW);

        assertThat(room.stored(plan).plan()).isEqualTo(plan);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(plan).assents()).isEmpty();
    }

    @Test
    void one_that_is_being_applied_keeps_its_application_busy() throws SQLException {
        var failed = room.started(SHOP, creating(MAIN));
        room.plans().failed(failed, "no disk");
        var other = room.approved(SHOP, creating(SPARE));
        room.start(failed.plan());
        spoil(failed.plan(), "'{}'");

        assertThat(room.plans().propose(room.plan(SHOP, creating(SPARE)), commit("b2")))
                .isEqualTo(Proposal.BUSY);
        assertThat(refusal(room.plans().start(other.digest(), "ada", _ -> new Clearance.Clear())))
                .contains("must wait: " + failed.digest().id() + " is being applied");
        assertThat(room.plans().propose(failed.plan(), commit("b2"))).isEqualTo(Proposal.BUSY);
        assertThat(room.plans().interrupted()).isEmpty();
    }

    @Test
    void one_that_failed_is_over_once_another_is_started() throws SQLException {
        var failed = room.started(SHOP, creating(MAIN));
        room.plans().failed(failed, "no disk");
        var body = spoil(failed.plan(), "'{}'");

        room.started(SHOP, creating(SPARE));

        restore(failed.plan(), body);
        assertThat(room.stored(failed.plan()).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    /// Edits a plan's changes past our code; what they were.
    private String spoil(Plan plan, String body) throws SQLException {
        var was = room.stored(plan).plan();
        room.directly(
                "UPDATE plan SET body = %s WHERE digest = '%s'".formatted(body, plan.digest()));
        return PlanJson.write(was).toString();
    }

    private void restore(Plan plan, String body) throws SQLException {
        room.directly(
                "UPDATE plan SET body = '%s' WHERE digest = '%s'".formatted(body, plan.digest()));
    }
}
