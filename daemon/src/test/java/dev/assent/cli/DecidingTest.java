package dev.assent.cli;

import static dev.assent.plan.Given.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.approval.Channel;
import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.plan.render.Estimate;
import dev.assent.plan.render.Estimates;
import dev.assent.state.JournalEntry.Event;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// plans, show, approve, reject.
class DecidingTest {

    @TempDir Path runFolder;
    private Door door;
    private StoredPlan plan;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        plan = FakeDesk.waiting();
        door.desk.plans.add(plan);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void plans_are_listed_with_what_to_do_next() {
        var typed = Typed.at(door, "plans");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        "%s  proposed  shop/production  1 to add, 0 to change, 1 to destroy  3 min ago  to review it: assent show %s\n"
                                .formatted(plan.id(), plan.id()));
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void show_prints_the_plan_where_it_stands_and_how_to_go_on() {
        var typed = Typed.at(door, "show", plan.id());

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("create group postgresql/main", "remove group postgresql/legacy")
                .contains("State          proposed, 60 s ago\n")
                .contains(
                        "To approve it  assent approve "
                                + plan.id()
                                + " --destroy postgresql/legacy\n")
                .contains("Digest         " + plan.digest() + "\n")
                .doesNotContain("\u001b");
    }

    @Test
    void show_as_json_is_what_the_api_says() {
        var typed = Typed.at(door, "show", plan.digest().toString(), "--format", "json");

        var json = JsonMapper.shared().readTree(typed.out());
        assertThat(json.path("digest").asString()).isEqualTo(plan.digest().toString());
        assertThat(json.path("state").asString()).isEqualTo("proposed");
        assertThat(json.path("changes").size()).isEqualTo(2);
    }

    @Test
    void colours_are_for_a_person_who_has_not_said_no_to_them() {
        assertThat(Typed.atTerminal(door, "show", plan.id()).out()).contains("\u001b[");
        assertThat(Typed.atTerminal(door, "show", plan.id(), "--no-color").out())
                .doesNotContain("\u001b");
    }

    @Test
    void approve_prints_the_plan_and_binds_the_yes_to_what_it_printed() {
        var typed = Typed.at(door, "approve", plan.id(), "--destroy", "postgresql/legacy");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("create group postgresql/main")
                .endsWith(
                        "Approved %s; to start it: assent apply %s\n"
                                .formatted(plan.id(), plan.id()));
        assertThat(door.desk.yeses)
                .singleElement()
                .satisfies(yes -> {
                    assertThat(yes.consent().digest()).hasValue(plan.digest());
                    assertThat(yes.consent().destroy()).containsExactly(group("postgresql/legacy"));
                    assertThat(yes.consent().hold()).isFalse();
                    assertThat(yes.speaker().who()).isEqualTo("ada");
                    assertThat(yes.speaker().channel()).isEqualTo(Channel.CLI);
                });
    }

    @Test
    void approve_can_hold_back_what_destroys_and_be_quiet() {
        var typed = Typed.at(door, "approve", plan.id(), "--hold-destructive", "--quiet");

        assertThat(typed.out()).startsWith("Approved ").hasLineCount(1);
        assertThat(door.desk.yeses)
                .singleElement()
                .satisfies(yes -> assertThat(yes.consent().hold()).isTrue());
    }

    @Test
    void a_yes_to_something_else_that_was_reviewed_is_refused_with_exit_code_1() {
        var typed =
                Typed.at(door, "approve", plan.id(), "-q", "--digest", "sha256:" + "0".repeat(64));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .isEqualTo("assent: " + plan.id() + " is not the plan that was reviewed\n");
    }

    @Test
    void a_digest_that_is_none_is_a_usage_error_before_anything_is_said() {
        var typed = Typed.at(door, "approve", plan.id(), "--digest", "sha256:1");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(door.desk.yeses).isEmpty();
    }

    @Test
    void approve_follows_where_the_approval_starts_the_plan() {
        door.desk.startsOnApproval = true;
        door.desk.journal("c1.1", Event.DONE, "built pg-1");
        door.desk.endAs = Optional.of(PlanState.APPLIED);

        var typed = Typed.at(door, "approve", plan.id(), "-q", "--follow");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                        Approved %1$s; to watch it: assent follow %1$s
                        ✓ c1.1  built pg-1
                        Applied %1$s.
                        """
                                .formatted(plan.id()));
    }

    @Test
    void a_yes_that_is_not_enough_yet_says_what_is_missing() {
        door.desk.missing = Optional.of("1 of 2 approvals; one more of dba");

        var text = Typed.at(door, "approve", plan.id(), "-q", "--follow");
        var json = Typed.at(door, "approve", plan.id(), "--format", "json");

        assertThat(text.code()).isZero();
        assertThat(text.out())
                .isEqualTo(
                        "Your yes to %s is noted; 1 of 2 approvals; one more of dba\n"
                                .formatted(plan.id()));
        var answer = JsonMapper.shared().readTree(json.out());
        assertThat(answer.path("state").asString()).isEqualTo("proposed");
        assertThat(answer.path("missing").asString())
                .isEqualTo("1 of 2 approvals; one more of dba");
    }

    @Test
    void reject_needs_a_reason() {
        var without = Typed.at(door, "reject", plan.id());
        var blank = Typed.at(door, "reject", plan.id(), "--reason", " ");
        var with = Typed.at(door, "reject", plan.id(), "--reason", "too large");

        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err())
                .isEqualTo("assent: say why with --reason '…'\nSee `assent reject --help`.\n");
        assertThat(blank).isEqualTo(without);
        assertThat(with.code()).isZero();
        assertThat(with.out()).isEqualTo("Rejected " + plan.id() + ".\n");
        assertThat(door.desk.asked).containsExactly("reject by ada over cli");
    }

    @Test
    void an_unknown_plan_is_a_no_with_a_way_out() {
        var typed = Typed.at(door, "show", "p-00000000");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err())
                .isEqualTo(
                        "assent: there is no plan `p-00000000`; `assent plans --all` lists those"
                                + " there are\n");
    }

    @Test
    void how_long_it_took_before_is_shown_and_asked_for_no_second_time() {
        door.desk.estimates = Estimates.of(Map.of("c1", new Estimate(1_880, 3)));

        var shown = Typed.at(door, "show", plan.id());
        var json = Typed.at(door, "show", plan.id(), "--format", "json");
        var markdown = Typed.at(door, "show", plan.id(), "--format", "markdown");
        var approved = Typed.at(door, "approve", plan.id());

        assertThat(shown.out()).contains("takes      about 1.9 s, as the last 3 times\n");
        assertThat(JsonMapper.shared().readTree(json.out()).at("/estimates/c1/runs").asInt())
                .isEqualTo(3);
        assertThat(markdown.out())
                .startsWith("### Plan `" + plan.id() + "` for `shop/production`\n")
                .contains("- takes: about 1.9 s, as the last 3 times\n");
        assertThat(approved.out()).contains("takes      about 1.9 s, as the last 3 times\n");
    }

    @Test
    void approved_and_followed_as_json_is_one_stream() {
        door.desk.startsOnApproval = true;
        door.desk.onApply = List.of(() -> door.desk.journal("c1.1", Event.DONE, "built pg-1"));
        door.desk.endAs = Optional.of(PlanState.APPLIED);

        var typed = Typed.at(door, "approve", plan.id(), "--follow", "--format", "json");

        var lines = typed.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(typed.code()).isZero();
        assertThat(lines)
                .extracting(it -> it.path("type").asString())
                .containsExactly("assent.apply.v1", "event", "outcome");
    }

    @Test
    void what_waits_to_be_started_ends_the_stream() {
        var typed = Typed.at(door, "approve", plan.id(), "--follow", "--format", "json");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                        {"version":1,"type":"assent.apply.v1","plan":"%1$s"}
                        {"type":"outcome","plan":"%1$s","state":"approved"}
                        """
                                .formatted(plan.id()));
    }
}
