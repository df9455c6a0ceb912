package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.no;
import static dev.assent.state.Room.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralAssentsTest {

    private static final String COMMENT = "https://git.example.org/platform/pulls/7#comment-1";

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
    void a_noted_yes_is_kept_with_all_that_is_known_and_the_plan_waits_on() {
        var plan = room.proposed(SHOP, creating(MAIN));
        var assent = yes("ada", Optional.of(COMMENT), "c1");

        var decision = note(plan, assent);

        assertThat(decision).isEqualTo(new Decision.Noted(room.stored(plan), "one more"));
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(plan).assents()).containsExactly(assent);
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.what()).isEqualTo("plan.noted");
                    assertThat(it.detail()).isEqualTo("a yes by comment, for c1; one more");
                });
    }

    @Test
    void the_last_yes_says_how_much_is_done_and_not_all_of_them_together() {
        var plan = room.proposed(SHOP, creating(MAIN), creating(SPARE, false));
        note(plan, yes("ada", Optional.empty(), "c1", "c2"));
        approve(plan, yes("ben", Optional.empty(), "c1"));

        var approval = room.start(plan);

        assertThat(approval.changes()).extracting(PlannedChange::id).containsExactly("c1");
        assertThat(room.stored(plan).assents()).hasSize(2);
    }

    @Test
    void the_same_evidence_counts_once_even_for_another_plan_or_the_plan_proposed_again() {
        var plan = room.proposed(SHOP, creating(MAIN));
        note(plan, yes("ada", Optional.of(COMMENT), "c1"));

        assertThat(refusal(approve(plan, yes("ada", Optional.of(COMMENT), "c1"))))
                .isEqualTo(COMMENT + " was counted already; to say yes to this plan, say it anew");

        room.plans().decide(plan.digest(), no("ben", ""));
        room.plans().proposeAgain(plan, Room.commit("b2"));
        assertThat(room.stored(plan).assents()).isEmpty();
        assertThat(refusal(note(plan, yes("ada", Optional.of(COMMENT), "c1"))))
                .contains("was counted already");

        var other = room.proposed(Room.BLOG, creating(MAIN));
        assertThat(refusal(note(other, yes("ada", Optional.of(COMMENT), "c1"))))
                .contains("was counted already");
        assertThat(room.stored(other).assents()).isEmpty();
    }

    @Test
    void where_enough_have_not_said_yes_any_more_the_plan_waits_for_it_again() {
        var plan = room.proposed(SHOP, creating(MAIN));
        approve(plan, yes("ada", Optional.empty(), "c1"));

        var start =
                room.plans().start(plan.digest(), "assent", _ -> new Clearance.TooFew("ada left"));

        assertThat(refusal(start))
                .isEqualTo(
                        "%1$s is no longer approved: ada left; to say yes: assent approve %1$s"
                                .formatted(plan.id()));
        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1))
                .extracting(AuditEntry::what, AuditEntry::detail)
                .containsExactly(tuple("plan.reopened", "ada left"));

        approve(plan, yes("ben", Optional.empty(), "c1"));
        assertThat(room.start(plan).changes()).hasSize(1);
        assertThat(room.stored(plan).assents())
                .extracting(Assent::person)
                .containsExactly("ada", "ben");
    }

    @Test
    void what_comes_too_early_remembers_when_it_may_start() {
        var plan = room.proposed(SHOP, creating(MAIN));
        approve(plan, yes("ada", Optional.empty(), "c1"));
        var saturday = Instant.parse("2026-11-28T21:00:00Z");

        var start =
                room.plans()
                        .start(
                                plan.digest(),
                                "ada",
                                _ -> new Clearance.NotYet(Optional.of(saturday), "it is closed"));

        assertThat(refusal(start)).isEqualTo(plan.id() + " cannot start now: it is closed");
        assertThat(room.stored(plan).notBefore()).contains(saturday);
        assertThat(room.stored(plan).waitsFor()).isEqualTo("it is closed");
        assertThat(room.plans().due()).isEmpty();
        assertThat(refusal(room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())))
                .isEqualTo(
                        "%1$s waits until 2026-11-28T21:00:00Z, since it is closed. To cancel it: assent reject %1$s --reason '…'"
                                .formatted(plan.id()));

        room.plans().reschedule(plan.digest(), Optional.empty(), Optional.empty());
        assertThat(room.plans().due()).hasSize(1);
    }

    @Test
    void what_was_said_is_carried_to_a_plan_with_the_same_changes_and_its_evidence_with_it() {
        var plan = room.proposed(SHOP, creating(MAIN));
        note(plan, yes("ada", Optional.of(COMMENT), "c1"));
        note(plan, yes("ben", Optional.empty(), "c1"));
        var later = room.proposed(Room.BLOG, creating(MAIN));

        try (var database = room.beside()) {
            int carried =
                    database.write(handle -> {
                        var rows = new PlanRows(handle);
                        return new Seals(handle, new Signet(SecretKeyFile.read(room.key())))
                                .carry(
                                        rows.find(plan.digest()).orElseThrow(),
                                        rows.find(later.digest()).orElseThrow());
                    });
            assertThat(carried).isEqualTo(2);
        }

        assertThat(room.stored(later).assents()).isEqualTo(room.stored(plan).assents());
        assertThat(refusal(note(later, yes("ada", Optional.of(COMMENT), "c1"))))
                .contains("was counted already");
        approve(later, yes("cleo", Optional.empty(), "c1"));
        assertThat(room.start(later).changes()).hasSize(1);
    }

    private static Assent yes(String person, Optional<String> evidence, String... changes) {
        return new Assent(
                person,
                person,
                new TreeSet<>(List.of("forge-write")),
                "comment",
                evidence,
                Instant.EPOCH,
                new TreeSet<>(List.of(changes)));
    }

    private Decision note(Plan plan, Assent assent) {
        return room.plans().decide(plan.digest(), _ -> new Verdict.Note(assent, "one more"));
    }

    private Decision approve(Plan plan, Assent assent) {
        return room.plans()
                .decide(plan.digest(), _ -> new Verdict.Approve(assent, Optional.empty()));
    }
}
