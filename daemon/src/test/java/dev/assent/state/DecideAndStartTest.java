package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.plan.Plan;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideAndStartTest {

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

    private Begun decide(Plan plan, boolean begins) {
        return room.plans()
                .decideAndStart(
                        plan.digest(), "ada", yes("ada"), _ -> begins, _ -> new Clearance.Clear());
    }

    @Test
    void a_yes_that_is_enough_starts_a_plan_that_begins_by_itself() {
        var plan = room.proposed(SHOP, creating(MAIN));

        var begun = decide(plan, true);

        assertThat(begun.decision()).isInstanceOf(Decision.Decided.class);
        assertThat(begun.start().orElseThrow()).isInstanceOf(Start.Started.class);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPLYING);
        assertThat(room.store().audit().newest(Optional.of(SHOP), 2))
                .extracting(AuditEntry::what)
                .containsExactly("plan.started", "plan.approved");
    }

    @Test
    void one_that_does_not_is_approved_and_waits() {
        var plan = room.proposed(SHOP, creating(MAIN));

        assertThat(decide(plan, false).start()).isEmpty();
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPROVED);
    }

    @Test
    void one_that_cannot_start_now_stays_approved() {
        var failed = room.started(SHOP, creating(MAIN));
        room.plans().failed(failed, "no disk");
        var plan = room.proposed(SHOP, creating(SPARE));
        room.start(failed.plan());

        var begun = decide(plan, true);

        assertThat(begun.start().orElseThrow())
                .isInstanceOfSatisfying(
                        Start.Refused.class, it -> assertThat(it.why()).contains("must wait"));
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPROVED);
    }

    /// The trigger is in SQLite's words.
    @Test
    @Tag("sqlite")
    void what_cannot_be_written_of_the_start_leaves_nothing_of_the_yes() throws SQLException {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.directly(
                """
                CREATE TRIGGER broken BEFORE UPDATE OF state ON plan WHEN NEW.state = 'applying'
                BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END\
                """);

        assertThatThrownBy(() -> decide(plan, true)).isInstanceOf(StateException.class);

        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(plan).assents()).isEmpty();
    }
}
