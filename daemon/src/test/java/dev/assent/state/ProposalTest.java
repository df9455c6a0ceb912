package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.commit;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.group;
import static dev.assent.state.Room.no;
import static dev.assent.state.Room.refusal;
import static dev.assent.state.Room.removing;
import static dev.assent.state.Room.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.plan.Plan;
import dev.assent.state.Plans.Proposal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalTest {

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
    void a_new_plan_waits_for_an_assent_and_is_read_back_as_it_was() {
        var plan = room.plan(SHOP, creating(MAIN), creating(SPARE, false));

        var proposal = room.plans().propose(plan, commit("a1"));

        assertThat(proposal).isEqualTo(Proposal.NEW);
        var stored = room.stored(plan);
        assertThat(stored.plan()).isEqualTo(plan);
        assertThat(stored.state()).isEqualTo(PlanState.PROPOSED);
        assertThat(stored.provenance()).isEqualTo(commit("a1"));
        assertThat(stored.proposedAt()).isEqualTo(room.time().instant());
        assertThat(stored.assents()).isEmpty();
        assertThat(room.plans().open()).containsExactly(stored);
    }

    @Test
    void the_same_changes_asked_for_by_another_commit_are_the_same_plan() {
        var plan = room.proposed(SHOP, creating(MAIN));
        var before = room.stored(plan);
        room.time().pass(Duration.ofHours(1));

        var proposal = room.plans().propose(plan, commit("b2"));

        assertThat(proposal).isEqualTo(Proposal.KNOWN);
        assertThat(room.stored(plan)).isEqualTo(before);
    }

    @Test
    void an_approved_plan_stays_approved_when_it_is_asked_for_again() {
        var plan = room.approved(SHOP, creating(MAIN));

        var proposal = room.plans().propose(plan, commit("b2"));

        assertThat(proposal).isEqualTo(Proposal.KNOWN);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPROVED);
    }

    @Test
    void a_newer_plan_supersedes_what_waits_and_what_is_approved_of_its_application_alone() {
        var other = room.proposed(BLOG, creating(MAIN));
        var approved = room.approved(SHOP, creating(MAIN));

        var newer = room.proposed(SHOP, creating(SPARE));

        assertThat(room.stored(approved).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(room.stored(approved).supersededBy()).contains(newer.digest());
        assertThat(room.stored(newer).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(other).state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void the_empty_plan_is_not_stored_and_supersedes_what_waits() {
        var plan = room.proposed(SHOP, creating(MAIN));

        var proposal = room.plans().propose(room.plan(SHOP), commit("b2"));

        assertThat(proposal).isEqualTo(Proposal.EMPTY);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(room.stored(plan).supersededBy()).isEmpty();
        assertThat(room.plans().list(Optional.of(SHOP), 10)).hasSize(1);
    }

    @Test
    void an_empty_plan_of_an_unknown_application_leaves_no_trace() {
        var proposal = room.plans().propose(room.plan(SHOP), commit("a1"));

        assertThat(proposal).isEqualTo(Proposal.EMPTY);
        assertThat(room.store().audit().newest(Optional.empty(), 10)).isEmpty();
        assertThat(room.store().records().all()).isEmpty();
    }

    @Test
    void a_plan_made_from_an_older_record_is_stale_and_changes_nothing() {
        var old = Room.plan(SHOP, 0, creating(SPARE));
        room.built(SHOP, MAIN);
        var waiting = room.proposed(SHOP, creating(SPARE));

        assertThat(room.plans().propose(old, commit("b2"))).isEqualTo(Proposal.STALE);
        assertThat(room.plans().propose(Room.plan(SHOP, 0), commit("b2")))
                .isEqualTo(Proposal.STALE);

        assertThat(room.plans().find(old.id())).isEmpty();
        assertThat(room.stored(waiting).state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void nothing_is_proposed_while_a_plan_is_being_applied() {
        var approval = room.started(SHOP, creating(MAIN));
        var other = room.plan(SHOP, creating(SPARE));

        assertThat(room.plans().propose(other, commit("b2"))).isEqualTo(Proposal.BUSY);
        assertThat(room.plans().propose(room.plan(SHOP), commit("b2"))).isEqualTo(Proposal.BUSY);

        room.plans().failed(approval, "no disk");
        assertThat(room.plans().propose(other, commit("b2"))).isEqualTo(Proposal.NEW);
    }

    @Test
    void a_rejected_plan_stays_rejected_at_its_commit_and_is_proposed_by_another() {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.plans().decide(plan.digest(), no("ada", "too early"));

        assertThat(room.plans().propose(plan, commit("a1"))).isEqualTo(Proposal.KNOWN);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.REJECTED);

        assertThat(room.plans().propose(plan, commit("b2"))).isEqualTo(Proposal.NEW);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(plan).reason()).isEmpty();
        assertThat(room.stored(plan).provenance()).isEqualTo(commit("b2"));
    }

    @Test
    void a_rejection_holds_against_every_commit_that_had_asked_for_the_plan_when_it_was_said() {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.plans().propose(plan, commit("b2"));
        room.plans().decide(plan.digest(), no("ada", "too early"));

        var proposal = room.plans().propose(plan, commit("b2"));

        assertThat(proposal).isEqualTo(Proposal.KNOWN);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.REJECTED);
    }

    @Test
    void a_rejected_plan_that_is_wanted_again_still_ends_the_one_that_waits() {
        var rejected = room.proposed(SHOP, creating(MAIN));
        room.plans().decide(rejected.digest(), no("ada", "too early"));
        var waiting = room.plan(SHOP, creating(SPARE));
        room.plans().propose(waiting, commit("b2"));

        room.plans().propose(rejected, commit("a1"));

        assertThat(room.stored(rejected).state()).isEqualTo(PlanState.REJECTED);
        assertThat(room.stored(waiting).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void a_branch_that_is_set_back_brings_its_plan_back_without_the_old_assent() {
        var first = room.approved(SHOP, creating(MAIN));
        var second = room.plan(SHOP, creating(SPARE));
        room.plans().propose(second, commit("b2"));

        var proposal = room.plans().propose(first, commit("a1"));

        assertThat(proposal).isEqualTo(Proposal.NEW);
        assertThat(room.stored(first).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(first).assents()).isEmpty();
        assertThat(room.stored(first).supersededBy()).isEmpty();
        assertThat(room.stored(second).supersededBy()).contains(first.digest());
        assertThat(refusal(room.plans().start(first.digest(), "ada", _ -> new Clearance.Clear())))
                .contains("is not approved yet");
        assertThat(room.plans().decide(first.digest(), yes("ada")))
                .isInstanceOf(Decision.Decided.class);
    }

    @Test
    void a_failed_plan_is_known_and_stays_resumable_while_others_wait() {
        var approval = room.started(SHOP, creating(MAIN));
        room.plans().failed(approval, "no disk");
        var other = room.proposed(SHOP, creating(SPARE));

        assertThat(room.plans().propose(approval.plan(), commit("a1"))).isEqualTo(Proposal.KNOWN);

        assertThat(room.stored(approval.plan()).state()).isEqualTo(PlanState.FAILED);
        assertThat(room.stored(other).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void plans_are_listed_newest_first_and_one_that_is_proposed_anew_is_new() {
        var first = room.proposed(SHOP, creating(MAIN));
        var second = room.proposed(SHOP, creating(SPARE));
        var other = room.proposed(BLOG, creating(MAIN));
        assertThat(room.plans().list(Optional.empty(), 10))
                .extracting(StoredPlan::digest)
                .containsExactly(other.digest(), second.digest(), first.digest());

        room.plans().propose(first, commit("a1"));

        assertThat(room.plans().list(Optional.of(SHOP), 10))
                .extracting(StoredPlan::digest)
                .containsExactly(first.digest(), second.digest());
        assertThat(room.plans().list(Optional.empty(), 1)).hasSize(1);
    }

    @Test
    void a_plan_is_found_by_its_short_id_and_by_its_digest() {
        var plan = room.proposed(SHOP, creating(MAIN));

        assertThat(room.plans().find(plan.id())).contains(room.stored(plan));
        assertThat(room.plans().find(plan.digest().toString())).contains(room.stored(plan));
        assertThat(room.plans().find("p-" + "0".repeat(8))).isEmpty();
        assertThat(room.plans().find("p-%")).isEmpty();
        assertThat(room.plans().find("")).isEmpty();
    }

    @Test
    void a_short_id_of_several_plans_is_refused_with_their_digests() throws SQLException {
        var plan = room.proposed(SHOP, creating(MAIN));
        var twin = twin(plan);
        room.directly(
                """
                INSERT INTO plan
                       (digest, number, application, base_serial, left_serial, body, state,
                        repository, path, commit_id, seen_commit, proposed_at, changed_at, reason,
                        superseded_by, proposal, attempt)
                SELECT '%s', number + 1, application, base_serial, left_serial, body, state,
                       repository, path, commit_id, seen_commit, proposed_at, changed_at, reason,
                       superseded_by, proposal, attempt
                  FROM plan\
                """
                        .formatted(twin));

        assertThatThrownBy(() -> room.plans().find(plan.id()))
                .isInstanceOf(StateException.class)
                .hasMessage(
                        "%s fits several plans; say which by its whole digest: %s, %s"
                                .formatted(plan.id(), twin, plan.digest()));
    }

    private static String twin(Plan plan) {
        return plan.digest().toString().substring(0, 15) + "f".repeat(56);
    }

    @Test
    void a_plan_whose_changes_were_edited_in_the_database_is_never_shown_approved_or_started()
            throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        room.directly("UPDATE plan SET body = replace(body, 'main-1', 'evil-1')");

        assertThatThrownBy(
                        () -> room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("no longer have the digest that was reviewed");
        assertThatThrownBy(() -> room.plans().find(plan.id())).isInstanceOf(StateException.class);
    }

    @Test
    void a_plan_stored_under_the_digest_of_another_is_never_started() throws SQLException {
        var harmless = room.proposed(SHOP, creating(MAIN));
        var harmful = room.approved(SHOP, removing(SPARE));
        room.directly(
                "UPDATE plan SET body = (SELECT body FROM plan WHERE digest = '%s')"
                        .formatted(harmless.digest()));

        assertThatThrownBy(() ->
                        room.plans().start(harmful.digest(), "ada", _ -> new Clearance.Clear()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(harmful.id());
    }

    @Test
    void a_plan_made_from_the_new_record_is_named_as_successor_of_the_old_one() {
        var applying = room.started(SHOP, creating(MAIN));
        room.plans().failed(applying, "no disk");
        var waiting = room.proposed(SHOP, creating(SPARE));
        var resumed = room.start(applying.plan());
        room.store().records().groupCreated(resumed, "c1.2", group(MAIN, true));
        room.plans().applied(resumed);
        assertThat(room.stored(waiting).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(room.stored(waiting).supersededBy()).isEmpty();

        var successor = room.proposed(SHOP, creating(SPARE));

        assertThat(room.stored(waiting).supersededBy()).contains(successor.digest());
    }
}
