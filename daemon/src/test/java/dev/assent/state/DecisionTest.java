package dev.assent.state;

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
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.plan.Digest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionTest {

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
    void a_yes_is_kept_with_the_plan_and_in_the_trail() {
        var plan = room.proposed(SHOP, creating(MAIN), creating(SPARE, false));
        var assent =
                new Assent("ada", "cli", Instant.parse("2026-11-23T09:59:58.123456Z"), set("c1"));

        var decision =
                room.plans()
                        .decide(plan.digest(), _ -> new Verdict.Approve(assent, Optional.empty()));

        assertThat(decision).isEqualTo(new Decision.Decided(room.stored(plan)));
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.APPROVED);
        assertThat(room.stored(plan).assents()).containsExactly(assent);
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.who()).isEqualTo("ada");
                    assertThat(it.what()).isEqualTo("plan.approved");
                    assertThat(it.plan()).contains(plan.digest().toString());
                    assertThat(it.detail()).isEqualTo("by cli, for c1");
                });
    }

    @Test
    void a_no_is_kept_with_who_said_it_and_why() {
        var plan = room.proposed(SHOP, creating(MAIN));

        var decision = room.plans().decide(plan.digest(), no("ada", "too early"));

        assertThat(decision).isInstanceOf(Decision.Decided.class);
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.REJECTED);
        assertThat(room.stored(plan).reason()).contains("rejected by ada: too early");
    }

    @Test
    void what_the_judge_refuses_with_is_passed_on_and_nothing_is_written() {
        var plan = room.proposed(SHOP, removing(MAIN));
        var before = room.store().audit().newest(Optional.empty(), 100);

        var decision =
                room.plans().decide(plan.digest(), _ -> new Verdict.Refuse("it destroys; say so"));

        assertThat(refusal(decision)).isEqualTo("it destroys; say so");
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.store().audit().newest(Optional.empty(), 100)).isEqualTo(before);
    }

    @Test
    void a_judge_that_breaks_leaves_nothing_behind() {
        var plan = room.proposed(SHOP, creating(MAIN));

        assertThatThrownBy(() ->
                        room.plans()
                                .decide(
                                        plan.digest(),
                                        _ -> {
                                            throw new UnsupportedOperationException("broken");
                                        }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.plans().decide(plan.digest(), yes("ada")))
                .isInstanceOf(Decision.Decided.class);
    }

    @Test
    void an_assent_to_changes_that_the_plan_does_not_have_is_no_assent() {
        var plan = room.proposed(SHOP, creating(MAIN));

        for (var changes : List.of(set(), set("c1", "c9"))) {
            var assent = new Assent("ada", "cli", Instant.EPOCH, changes);
            assertThatThrownBy(() ->
                            room.plans()
                                    .decide(
                                            plan.digest(),
                                            _ -> new Verdict.Approve(assent, Optional.empty())))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void an_unknown_digest_is_refused() {
        var digest = new Digest("0".repeat(64));

        assertThat(refusal(room.plans().decide(digest, DecisionTest::unasked)))
                .isEqualTo(
                        "there is no plan %s; the ones that wait are listed by: assent plans"
                                .formatted(digest));
    }

    @Test
    void an_approved_plan_needs_no_second_yes() {
        var plan = room.approved(SHOP, creating(MAIN));

        assertThat(refusal(room.plans().decide(plan.digest(), yes("bob"))))
                .isEqualTo(
                        "%1$s is approved already, by ada on 1970-01-01T00:00:00Z: enough have said yes; start it: assent apply %1$s"
                                .formatted(plan.id()));
    }

    @Test
    void a_rejected_plan_says_who_rejected_it_and_what_brings_it_back() {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.plans().decide(plan.digest(), no("ada", "too early"));

        assertThat(refusal(room.plans().decide(plan.digest(), DecisionTest::unasked)))
                .isEqualTo(
                        "%s was rejected by ada: too early; to have it proposed again: assent replan shop/production"
                                .formatted(plan.id()));
    }

    @Test
    void a_superseded_plan_names_the_one_that_took_its_place() {
        var first = room.proposed(SHOP, creating(MAIN));
        room.proposed(SHOP, creating(MAIN), creating(SPARE, false));
        var last = room.proposed(SHOP, creating(SPARE));

        assertThat(refusal(room.plans().decide(first.digest(), DecisionTest::unasked)))
                .isEqualTo(
                        "%1$s was superseded by %2$s, because a newer commit changed what is wanted; review that one: assent show %2$s"
                                .formatted(first.id(), last.id()));
    }

    @Test
    void a_plan_made_before_another_was_applied_is_refused_with_why_and_the_new_plan() {
        var first = room.started(SHOP, creating(MAIN));
        room.plans().failed(first, "no disk");
        var old = room.proposed(SHOP, creating(SPARE));
        var resumed = room.start(first.plan());
        room.store().records().groupCreated(resumed, "c1.2", group(MAIN, true));

        assertThat(refusal(room.plans().decide(old.digest(), yes("ada"))))
                .isEqualTo(
                        "%s was made from another record: that of shop/production was at serial 0 then and is at 1 now; no plan waits in its place now; see what there is: assent status shop/production"
                                .formatted(old.id()));

        room.plans().applied(resumed);
        assertThat(refusal(room.plans().decide(old.digest(), DecisionTest::unasked)))
                .isEqualTo(
                        "%s was superseded, because the record of shop/production moved on; no plan waits in its place now; see what there is: assent status shop/production"
                                .formatted(old.id()));

        var successor = room.proposed(SHOP, creating(SPARE));
        assertThat(refusal(room.plans().decide(old.digest(), DecisionTest::unasked)))
                .isEqualTo(
                        "%1$s was superseded by %2$s, because the record of shop/production moved on; review that one: assent show %2$s"
                                .formatted(old.id(), successor.id()));
    }

    @Test
    void a_plan_that_nothing_took_the_place_of_says_so() {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.plans().propose(room.plan(SHOP), commit("b2"));

        assertThat(refusal(room.plans().decide(plan.digest(), DecisionTest::unasked)))
                .isEqualTo(
                        "%s was superseded, because a newer commit wants nothing changed; no plan waits in its place now; see what there is: assent status shop/production"
                                .formatted(plan.id()));
    }

    @Test
    void a_plan_that_is_being_applied_was_applied_or_failed_is_not_decided_again() {
        var approval = room.started(SHOP, creating(MAIN));
        var id = approval.digest().id();
        assertThat(refusal(room.plans().decide(approval.digest(), DecisionTest::unasked)))
                .isEqualTo(id + " is being applied now; watch it: assent follow " + id);

        room.plans().failed(approval, "no disk");
        assertThat(refusal(room.plans().decide(approval.digest(), yes("ada"))))
                .isEqualTo(
                        id
                                + " is approved already and failed: no disk; mend the cause and resume it: assent apply "
                                + id);

        room.plans().applied(room.start(approval.plan()));
        assertThat(refusal(room.plans().decide(approval.digest(), DecisionTest::unasked)))
                .isEqualTo(
                        id
                                + " was applied already, on 2026-11-23T10:00:00Z, and is used up; see what it did: assent show "
                                + id);
    }

    @Test
    void of_many_who_decide_at_once_exactly_one_does() throws Exception {
        var plan = room.proposed(SHOP, creating(MAIN));

        var decisions =
                Together.all(
                        8, number -> room.plans().decide(plan.digest(), yes("judge " + number)));

        assertThat(decisions).filteredOn(Decision.Decided.class::isInstance).hasSize(1);
        assertThat(room.stored(plan).assents()).hasSize(1);
        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    /// A judge who must not be asked.
    private static Verdict unasked(StoredPlan plan) {
        throw new AssertionError("asked about " + plan.id());
    }

    private static SortedSet<String> set(String... changes) {
        return new TreeSet<>(Set.of(changes));
    }

    @Test
    void an_approved_plan_can_be_withdrawn_and_its_assent_is_void() throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));

        var decision = room.plans().decide(plan.digest(), no("bob", "too early"));

        assertThat(decision).isEqualTo(new Decision.Decided(room.stored(plan)));
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.REJECTED);
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1))
                .extracting(AuditEntry::who, AuditEntry::what, AuditEntry::detail)
                .containsExactly(
                        tuple("bob", "plan.rejected", "by cli, its assent is void: too early"));
        assertThat(refusal(room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())))
                .contains("rejected by bob");
        room.directly("UPDATE plan SET state = 'approved'");
        assertThatThrownBy(
                        () -> room.plans().start(plan.digest(), "eve", _ -> new Clearance.Clear()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("without an assent that can be used");
    }

    @Test
    void a_failed_plan_can_be_withdrawn_and_is_not_resumed() {
        var approval = room.started(SHOP, creating(MAIN));
        room.plans().failed(approval, "no disk");

        var decision = room.plans().decide(approval.digest(), no("bob", ""));

        assertThat(decision).isInstanceOf(Decision.Decided.class);
        assertThat(
                        refusal(
                                room.plans()
                                        .start(
                                                approval.digest(),
                                                "ada",
                                                _ -> new Clearance.Clear())))
                .contains("rejected by bob");
        assertThat(room.plans().open()).isEmpty();
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1))
                .extracting(AuditEntry::detail)
                .containsExactly("by cli");
    }

    @Test
    void a_plan_can_be_rejected_after_the_record_has_moved() throws SQLException {
        var plan = room.proposed(SHOP, creating(MAIN));
        room.directly("UPDATE application SET serial = 7");

        assertThat(room.plans().decide(plan.digest(), no("ada", "")))
                .isInstanceOf(Decision.Decided.class);
    }

    @Test
    void where_no_yes_could_help_that_is_said_and_not_what_a_better_yes_must_say() {
        var plan = room.approved(SHOP, removing(MAIN));

        assertThat(
                        refusal(
                                room.plans()
                                        .decide(
                                                plan.digest(),
                                                _ -> new Verdict.Refuse("it destroys; say so"))))
                .contains("is approved already");
        assertThat(room.stored(plan).assents()).hasSize(1);
    }
}
