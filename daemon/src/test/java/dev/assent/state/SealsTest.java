package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.plan.Plan;
import dev.assent.state.Tampering.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody writes the database who has not its key.
class SealsTest {

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
    void what_nobody_touched_is_whole_across_restarts() {
        room.built(SHOP, MAIN);
        room.approved(SHOP, creating(SPARE));
        room.plans().decide(room.proposed(Room.BLOG, creating(MAIN)).digest(), Room.no("ada", ""));
        room.reopen();

        var verification = room.store().audit().verify();

        assertThat(verification.found()).isEmpty();
        assertThat(verification.plans()).isEqualTo(3);
        assertThat(verification.assents()).isEqualTo(2);
        assertThat(verification.sealedFrom()).contains(1L);
        assertThat(verification.entries())
                .isEqualTo(verification.lastWhole().orElseThrow().number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit SET who = 'eve' WHERE number = 3 | EDITED | entry 3 was edited or moved",
                "DELETE FROM audit WHERE number IN (2, 3) | MISSING | entries 2 to 3 are missing",
                "DELETE FROM audit WHERE number = 5 | CUT_OFF | entry 5 is missing at the end",
                "UPDATE audit SET seal = NULL WHERE number = 4 | FORGED | entry 4 was written without the record's key",
                "UPDATE audit SET seal = (SELECT seal FROM audit WHERE number = 1) WHERE number = 4 | FORGED | entry 4 was written without",
                "UPDATE audit_head SET number = 4 | HEAD | the mark of where the trail ends",
                "DELETE FROM audit_head | HEAD | the mark of where the trail ends",
            })
    void whoever_edits_the_trail_is_found(String statement, Kind kind, String said)
            throws SQLException {
        notes(5);
        room.letAuditBeWritten();
        room.directly(statement);

        var verification = room.store().audit().verify();

        assertThat(verification.found())
                .anySatisfy(it -> {
                    assertThat(it.kind()).isEqualTo(kind);
                    assertThat(it.said()).startsWith(said);
                });
    }

    @Test
    @Tag("sqlite")
    void entries_cut_off_at_the_end_with_all_that_counts_them_are_missed() throws SQLException {
        notes(5);
        room.letAuditBeWritten();
        room.directly(
                "DELETE FROM audit WHERE number >= 4",
                "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'audit'",
                "UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit WHERE number = 3)");

        var verification = room.store().audit().verify();

        assertThat(verification.found()).extracting(Tampering::kind).containsExactly(Kind.HEAD);
        assertThat(verification.lastWhole().orElseThrow().number()).isEqualTo(3);
    }

    @Test
    void what_was_cut_off_is_not_forgotten_when_the_trail_goes_on() throws SQLException {
        notes(5);
        room.letAuditBeWritten();
        room.directly("DELETE FROM audit WHERE number >= 4");

        notes(3);
        room.reopen();
        notes(1);

        assertThat(room.store().audit().verify().found())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.kind()).isEqualTo(Kind.CUT_BEFORE);
                    assertThat(it.from()).isEqualTo(4);
                });
    }

    @Test
    void entries_that_changed_places_are_found() throws SQLException {
        notes(5);
        room.letAuditBeWritten();
        room.directly(
                "UPDATE audit SET number = 99 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 4",
                "UPDATE audit SET number = 4 WHERE number = 99");

        assertThat(room.store().audit().verify().found())
                .anySatisfy(it -> {
                    assertThat(it.kind()).isEqualTo(Kind.EDITED);
                    assertThat(it.from()).isEqualTo(3);
                });
    }

    @Test
    void an_entry_put_in_with_a_hash_that_fits_is_found_since_it_bears_no_seal()
            throws SQLException {
        notes(3);
        room.letAuditBeWritten();
        var before = text("SELECT hash FROM audit WHERE number = 3");
        var hash =
                sha256(
                        "[\"%s\",4,\"2026-11-23T10:00:00Z\",\"eve\",\"plan.approved\",null,null,\"\"]"
                                .formatted(before));
        room.directly(
                "INSERT INTO audit VALUES (4, '2026-11-23T10:00:00Z', 'eve', 'plan.approved', NULL, NULL, '', '%s', NULL)"
                        .formatted(hash));

        assertThat(room.store().audit().verify().found())
                .extracting(Tampering::kind)
                .containsExactlyInAnyOrder(Kind.FORGED, Kind.ADDED);
    }

    @Test
    void a_whole_chain_written_anew_without_the_key_is_found_from_its_first_entry_on()
            throws SQLException {
        notes(4);
        room.letAuditBeWritten();
        var before = text("SELECT hash FROM audit WHERE number = 1");
        for (var number = 2; number <= 4; number++) {
            var at = text("SELECT at FROM audit WHERE number = " + number);
            before =
                    sha256(
                            "[\"%s\",%d,\"%s\",\"eve\",\"test.noted\",\"shop/production\",null,\"other\"]"
                                    .formatted(before, number, at));
            room.directly(
                    "UPDATE audit SET who = 'eve', detail = 'other', hash = '%s' WHERE number = %d"
                            .formatted(before, number));
        }
        room.directly("UPDATE audit_head SET hash = '%s'".formatted(before));

        var found = room.store().audit().verify();

        assertThat(found.found())
                .extracting(Tampering::said)
                .contains("entries 2 to 4 were written without the record's key");
        assertThat(found.lastWhole().orElseThrow().number()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE plan SET seal = NULL",
                "UPDATE plan SET repository = 'mine'",
                "UPDATE plan SET commit_id = 'b2'",
                "UPDATE plan SET proposal = 2",
                "UPDATE plan SET asked_by = 'ada', asked_person = 'ada'",
                "UPDATE plan SET proposed_at = '2026-11-24T10:00:00Z'"
            })
    void an_edited_plan_is_neither_decided_on_nor_started_and_is_found(String statement)
            throws SQLException {
        var proposed = room.proposed(SHOP, creating(MAIN));
        room.directly(statement);

        assertThat(refusal(room.plans().decide(proposed.digest(), Room.yes("ada"))))
                .contains("cannot be decided on or carried out: it was edited in the database");
        room.directly("UPDATE plan SET state = 'approved'");
        assertThat(refusal(start(proposed)))
                .contains("cannot be decided on or carried out: it was edited in the database");
        assertThat(room.store().audit().verify().found())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.kind()).isEqualTo(Kind.PLAN);
                    assertThat(it.said()).contains(proposed.id());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE assent SET seal = NULL",
                "UPDATE assent SET who = 'eve'",
                "UPDATE assent SET person = 'eve'",
                "UPDATE assent SET groups = '[\"owners\"]'",
                "UPDATE assent SET evidence = 'https://git.example.org/1'",
                "UPDATE assent SET changes = '[]'",
                "UPDATE assent SET channel = 'comment'",
                "INSERT INTO assent SELECT id + 1, digest, proposal, 'ben', 'ben', groups, channel, evidence, carried, at, changes, consumed_at, seal FROM assent"
            })
    void an_edited_or_invented_yes_starts_nothing_and_is_found(String statement)
            throws SQLException {
        var approved = room.approved(SHOP, creating(MAIN));
        room.directly(statement);

        assertThat(refusal(start(approved))).contains("what was said to it was edited");
        assertThat(room.store().audit().verify().found())
                .extracting(Tampering::kind)
                .containsExactly(Kind.ASSENT);
    }

    @Test
    void a_yes_that_was_used_up_cannot_be_made_good_again() throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        room.plans().failed(room.start(plan), "no disk");
        room.directly("UPDATE assent SET consumed_at = NULL", "UPDATE plan SET state = 'approved'");

        assertThat(refusal(start(plan))).contains("what was said to it was edited");
    }

    @Test
    void a_plan_in_the_middle_of_an_apply_is_not_gone_on_with_once_it_was_edited()
            throws SQLException {
        room.started(SHOP, creating(MAIN));
        assertThat(room.plans().interrupted()).hasSize(1);

        room.directly("UPDATE assent SET who = 'eve'");

        assertThat(room.plans().interrupted()).isEmpty();
    }

    @Test
    void an_edited_plan_that_is_still_wanted_is_proposed_anew_without_what_was_said_to_it()
            throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        room.directly("UPDATE assent SET who = 'eve'");

        room.plans().propose(plan, Room.commit("a1"));

        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.stored(plan).assents()).isEmpty();
        room.plans().decide(plan.digest(), Room.yes("ada"));
        assertThat(room.start(plan).changes()).hasSize(1);
    }

    @Test
    @Tag("sqlite")
    void what_is_there_when_seals_begin_counts_as_before_and_nothing_that_comes_later_without()
            throws SQLException {
        var plan = room.approved(SHOP, creating(MAIN));
        room.close();
        unseal();

        room.reopen();
        notes(1);

        assertThat(room.store().audit().verify().found()).isEmpty();
        assertThat(room.store().audit().verify().sealedFrom().orElseThrow()).isGreaterThan(1);
        assertThat(room.start(plan).changes()).hasSize(1);
        room.directly("UPDATE plan SET seal = NULL");
        room.reopen();
        assertThat(room.store().audit().verify().found())
                .extracting(Tampering::kind)
                .containsExactly(Kind.PLAN);
    }

    /// As a record was before there were seals.
    private void unseal() throws SQLException {
        room.letAuditBeWritten();
        try (var database = Database.open(room.database())) {
            var key = SecretKeyFile.read(room.key());
            var seal = new Seal(key, new SecureRandom());
            database.change(handle -> {
                handle.execute("UPDATE audit SET seal = NULL");
                handle.execute("UPDATE plan SET seal = NULL");
                handle.execute("UPDATE assent SET seal = NULL");
                handle.execute("DELETE FROM audit_head");
                handle.execute("UPDATE key_check SET sealed = ?", seal.seal("assent", "key_check"));
            });
        }
    }

    @Test
    void a_record_without_its_key_check_is_not_taken_for_a_new_one() throws SQLException {
        notes(1);
        room.close();
        room.directly("DELETE FROM key_check");

        assertThatThrownBy(room::reopen)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("was edited");
    }

    private Start start(Plan plan) {
        return room.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear());
    }

    private void notes(int count) {
        for (var i = 0; i < count; i++) {
            room.store().audit().note("ada", "test.noted", SHOP, "note " + i);
        }
    }

    private String text(String question) throws SQLException {
        try (var connection = room.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
