package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.group;
import static dev.assent.state.Room.no;
import static dev.assent.state.Room.refusal;
import static dev.assent.state.Room.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.plan.Digest;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.state.JournalEntry.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

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
    void an_approved_plan_is_started_once_with_what_was_said_yes_to() {
        var plan = room.proposed(SHOP, creating(MAIN), creating(SPARE, false));
        var part = new Assent("ada", "cli", Instant.EPOCH, new TreeSet<>(List.of("c2")));
        room.plans().decide(plan.digest(), _ -> new Verdict.Approve(part, Optional.empty()));

        var approval = room.start(plan);

        assertThat(approval.plan()).isEqualTo(plan);
        assertThat(approval.changes()).extracting(PlannedChange::id).containsExactly("c2");
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPLYING);
        assertThat(refusal(room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())))
                .isEqualTo(
                        "%1$s is being applied now; watch it: assent follow %1$s"
                                .formatted(plan.id()));
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1))
                .extracting(AuditEntry::what)
                .containsExactly("plan.started");
    }

    @Test
    void what_was_not_approved_is_not_started() {
        var plan = room.proposed(SHOP, creating(MAIN));
        assertThat(refusal(room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())))
                .isEqualTo(
                        "%1$s is not approved yet; look at it (assent show %1$s), then say yes: assent approve %1$s"
                                .formatted(plan.id()));

        room.plans().decide(plan.digest(), no("ada", ""));
        assertThat(refusal(room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())))
                .isEqualTo(
                        plan.id()
                                + " was rejected by ada; to have it proposed again: assent replan shop/production");

        var unknown = new Digest("0".repeat(64));
        assertThat(refusal(room.plans().start(unknown, "ada", _ -> new Clearance.Clear())))
                .contains("there is no plan");
    }

    @Test
    void an_applied_plan_is_used_up() {
        var approval = room.started(SHOP, creating(MAIN));
        room.plans().applied(approval);

        assertThat(
                        refusal(
                                room.plans()
                                        .start(
                                                approval.digest(),
                                                "ada",
                                                _ -> new Clearance.Clear())))
                .startsWith(approval.digest().id() + " was applied already");
        assertThat(room.store().journal().entries(approval.digest(), 0))
                .extracting(JournalEntry::event, JournalEntry::step, JournalEntry::message)
                .containsExactly(tuple(Event.ENDED, "", "applied"));
    }

    @Test
    void an_approved_plan_is_not_started_once_the_record_moved() throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        room.directly("UPDATE application SET serial = 7");

        assertThat(refusal(room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())))
                .startsWith(
                        "%s was made from another record: that of shop/production was at serial 0 then and is at 7 now"
                                .formatted(plan.id()));
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPROVED);
    }

    @Test
    void a_plan_marked_as_approved_that_has_no_assent_is_not_started() throws SQLException {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.directly("UPDATE plan SET state = 'approved'");

        assertThatThrownBy(
                        () -> room.plans().start(plan.digest(), "eve", _ -> new Clearance.Clear()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("without an assent that can be used");
    }

    @Test
    void an_assent_that_was_used_is_not_used_again() throws SQLException {
        var approval = room.started(SHOP, creating(MAIN));
        room.plans().applied(approval);
        room.directly("UPDATE plan SET state = 'approved'");

        assertThatThrownBy(() ->
                        room.plans().start(approval.digest(), "eve", _ -> new Clearance.Clear()))
                .isInstanceOf(StateException.class);
    }

    @Test
    void an_application_applies_one_plan_at_a_time_and_different_ones_apply_together() {
        var failed = room.started(SHOP, creating(MAIN));
        room.plans().failed(failed, "no disk");
        var other = room.approved(SHOP, creating(SPARE));
        room.start(failed.plan());

        assertThat(refusal(room.plans().start(other.digest(), "ada", _ -> new Clearance.Clear())))
                .isEqualTo(
                        "%s must wait: %2$s is being applied to shop/production, one plan at a time; watch it: assent follow %2$s"
                                .formatted(other.id(), failed.digest().id()));
        assertThat(room.started(BLOG, creating(MAIN)).plan().application()).isEqualTo(BLOG);
        assertThat(room.plans().interrupted()).hasSize(2);
    }

    @Test
    void a_failed_plan_goes_on_where_it_was_with_what_it_recorded_itself() {
        var first = room.started(SHOP, creating(MAIN), creating(SPARE, false));
        room.store().journal().done(first, "c1.1", "built");
        room.store().records().groupCreated(first, "c1.2", group(MAIN, true));
        room.store().journal().failed(first, "c2.1", "no disk");
        room.plans().failed(first, "no disk");
        assertThat(room.stored(first.plan()).reason()).contains("no disk");

        var second = room.start(first.plan());

        assertThat(room.stored(first.plan()).state()).isEqualTo(PlanState.APPLYING);
        assertThat(room.store().journal().isDone(second, "c1.1")).isTrue();
        assertThat(room.store().journal().isDone(second, "c1.2")).isTrue();
        assertThat(room.store().journal().isDone(second, "c2.1")).isFalse();
        room.store().records().groupCreated(second, "c2.2", group(SPARE, false));
        room.plans().applied(second);
        assertThat(room.store().records().of(SHOP).serial()).isEqualTo(2);
        assertThat(room.store().audit().newest(Optional.empty(), 100))
                .extracting(AuditEntry::what)
                .contains("plan.resumed", "plan.failed", "plan.applied");
    }

    @Test
    void a_failed_plan_is_over_once_another_one_was_started() {
        var failed = room.started(SHOP, creating(MAIN));
        room.plans().failed(failed, "no disk");

        var other = room.started(SHOP, creating(SPARE));

        assertThat(room.stored(failed.plan()).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(refusal(room.plans().start(failed.digest(), "ada", _ -> new Clearance.Clear())))
                .isEqualTo(
                        "%1$s was superseded by %2$s, because %2$s was started in its place; review that one: assent show %2$s"
                                .formatted(failed.digest().id(), other.digest().id()));
    }

    @Test
    void what_was_proposed_from_a_half_applied_plan_is_over_when_that_one_goes_on() {
        var first = room.started(SHOP, creating(MAIN), creating(SPARE, false));
        room.store().records().groupCreated(first, "c1.2", group(MAIN, true));
        room.plans().failed(first, "no disk");
        var replanned = room.approved(SHOP, creating(SPARE, false));

        var resumed = room.start(first.plan());
        room.store().records().groupCreated(resumed, "c2.2", group(SPARE, false));
        room.plans().applied(resumed);

        assertThat(room.stored(replanned).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(room.plans().open()).isEmpty();
    }

    @Test
    void an_earlier_attempt_that_comes_back_late_can_write_nothing() {
        var late = room.started(SHOP, creating(MAIN));
        room.plans().failed(late, "lost its connection");
        var present = room.start(late.plan());

        assertThatThrownBy(() -> room.store().journal().done(late, "c1.1", "built"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is no longer being applied by attempt 1");
        assertThatThrownBy(
                        () -> room.store().records().groupCreated(late, "c1.2", group(MAIN, true)))
                .isInstanceOf(StateException.class);
        assertThatThrownBy(() -> room.plans().applied(late)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> room.plans().failed(late, "late"))
                .isInstanceOf(StateException.class);

        assertThat(room.store().records().of(SHOP).serial()).isZero();
        room.store().records().groupCreated(present, "c1.2", group(MAIN, true));
    }

    @Test
    void an_interrupted_plan_goes_on_after_a_crash_with_the_same_right() {
        var approval = room.started(SHOP, creating(MAIN));

        room.reopen();

        var again = room.plans().interrupted().getFirst();
        room.store().records().groupCreated(again, "c1.2", group(MAIN, true));
        room.plans().applied(again);
        assertThat(room.stored(approval.plan()).state()).isEqualTo(PlanState.APPLIED);
        assertThat(room.plans().interrupted()).isEmpty();
    }

    @Test
    void of_many_who_start_at_once_exactly_one_does() throws Exception {
        var plan = room.approved(SHOP, creating(MAIN));

        var starts =
                Together.all(
                        8,
                        number ->
                                room.plans()
                                        .start(
                                                plan.digest(),
                                                "p" + number,
                                                _ -> new Clearance.Clear()));

        assertThat(starts).filteredOn(Start.Started.class::isInstance).hasSize(1);
        assertThat(room.plans().interrupted()).hasSize(1);
    }

    @Test
    void steps_of_an_ended_proposal_do_not_count_when_the_plan_is_proposed_anew() {
        var first = room.started(SHOP, creating(MAIN));
        room.store().journal().done(first, "c1.1", "built");
        room.plans().failed(first, "no disk");
        var other = room.started(SHOP, creating(SPARE));
        room.plans().failed(other, "no disk either");

        room.plans().propose(first.plan(), Room.commit("a1"));
        room.plans().decide(first.digest(), yes("ada"));
        var again = room.start(first.plan());

        assertThat(room.store().journal().isDone(again, "c1.1")).isFalse();
    }
}
