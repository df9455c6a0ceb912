package dev.assent.plan;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.Version;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.Repair;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is proposed for what was found: a group of the primary server `a` and its replicas `b` and
/// `c`.
class RepairPlannerTest {

    private static final String MAIN = "postgresql/main";

    private Recorded recorded = recorded(3, existing(MAIN).servers("a", "b", "c"));

    @Test
    void without_findings_nothing_is_planned() {
        assertThat(repairs().plan().isEmpty()).isTrue();
    }

    @Test
    void a_server_that_is_stopped_is_started() {
        assertThat(changes(found("a", Kind.STOPPED), found("b", Kind.STOPPED)))
                .containsExactly(start("a"), start("b"));
    }

    @Test
    void a_configuration_that_was_edited_is_written_anew() {
        assertThat(changes(found("a", Kind.EDITED))).containsExactly(configure("a"));
    }

    @Test
    void a_replica_that_is_gone_or_does_not_follow_gets_a_fresh_copy() {
        assertThat(changes(found("b", Kind.MISSING), found("c", Kind.NOT_FOLLOWING)))
                .containsExactly(resync("b", false), resync("c", false));
    }

    @Test
    void what_an_edited_configuration_may_have_broken_is_first_mended_by_writing_it_anew() {
        assertThat(changes(found("b", Kind.EDITED), found("b", Kind.NOT_FOLLOWING)))
                .containsExactly(configure("b"));
    }

    @Test
    void a_replica_that_takes_writes_or_follows_a_stranger_loses_what_it_holds_alone() {
        var plan = repairs(found("b", Kind.WRITABLE), found("c", Kind.WRONG_SOURCE)).plan();

        assertThat(changes(plan)).containsExactly(resync("b", true), resync("c", true));
        assertThat(plan.destructive()).hasSize(2);
    }

    @Test
    void
            where_the_primary_server_is_gone_for_good_the_first_replica_that_has_a_copy_takes_its_place() {
        var plan =
                repairs(
                                found("a", Kind.MISSING),
                                found("b", Kind.STOPPED),
                                found("c", Kind.NOT_FOLLOWING))
                        .plan();

        assertThat(changes(plan)).containsExactly(promote("c"));
        assertThat(plan.destructive()).hasSize(1);
        assertThat(plan.changes().getFirst().because())
                .isEqualTo(new Because.Found("a is missing"));
    }

    @Test
    void what_was_found_is_why_in_json_and_in_text() {
        var plan = repairs(found("b", Kind.NOT_FOLLOWING)).plan();

        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
        assertThat(PlanJson.write(plan).at("/changes/0/because/found").asString())
                .isEqualTo("b is not-following");
        assertThat(PlanText.of(plan, false)).contains("because    found: b is not-following");
    }

    @Test
    void where_no_copy_is_left_it_is_said_what_can_be_done() {
        recorded = recorded(3, existing(MAIN).servers("a"));

        var repairs = repairs(found("a", Kind.MISSING));

        assertThat(repairs.plan().isEmpty()).isTrue();
        assertThat(advice(repairs, "a")).contains("restore it from a backup");
    }

    @Test
    void a_promotion_by_hand_is_written_down_and_never_undone_by_overwriting_the_data() {
        var plan = repairs(found("a", Kind.DEMOTED), found("b", Kind.WRITABLE)).plan();

        assertThat(changes(plan)).containsExactly(promote("b"));
        assertThat(because(plan)).containsExactly("a is demoted; b is writable");
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "UNREACHABLE"})
    void what_takes_writes_is_not_overwritten_while_the_primary_server_does_not_run(Kind kind) {
        var repairs = repairs(found("a", kind), found("b", Kind.WRITABLE));

        assertThat(repairs.plan().isEmpty()).isTrue();
        assertThat(advice(repairs, "a")).startsWith("b may hold what a lacks");
        assertThat(advice(repairs, "b")).startsWith("b may hold what a lacks");
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSING", "DEMOTED", "FENCED"})
    void of_two_that_take_writes_none_is_chosen(Kind kind) {
        var repairs =
                repairs(found("a", kind), found("b", Kind.WRITABLE), found("c", Kind.WRITABLE));

        assertThat(repairs.plan().isEmpty()).isTrue();
        assertThat(advice(repairs, "c")).startsWith("b, c may hold what a lacks");
    }

    @Test
    void a_group_in_which_nobody_takes_writes_is_left_to_people() {
        var repairs = repairs(found("a", Kind.DEMOTED));

        assertThat(repairs.plan().isEmpty()).isTrue();
        assertThat(advice(repairs, "a")).startsWith("no server of the group takes writes");
    }

    @Test
    void nothing_is_copied_from_a_primary_server_that_does_not_answer() {
        var repairs = repairs(found("a", Kind.UNREACHABLE), found("b", Kind.MISSING));

        assertThat(repairs.plan().isEmpty()).isTrue();
        assertThat(advice(repairs, "a")).contains("mending itself after a crash");
        assertThat(advice(repairs, "b")).startsWith("the primary server comes first");
    }

    @Test
    void a_server_that_a_promotion_left_behind_runs_again_or_follows() {
        assertThat(changes(found("a", Kind.FENCED))).containsExactly(configure("a"));
        assertThat(changes(found("b", Kind.FENCED))).containsExactly(resync("b", false));
    }

    @Test
    void a_version_that_all_servers_have_come_to_can_be_accepted() {
        var found = List.of(of("a", "16.16"), of("b", "16.16"), of("c", "16.16"));

        assertThat(changes(found.toArray(Finding[]::new)))
                .containsExactly(
                        new AcceptVersion(group(MAIN), new Version("16.15"), new Version("16.16")));
    }

    @Test
    void as_long_as_servers_are_of_different_versions_none_is_accepted() {
        var some = repairs(of("a", "16.16"), of("b", "16.16"));
        var different = repairs(of("a", "16.16"), of("b", "16.17"), of("c", "16.16"));

        assertThat(some.plan().isEmpty()).isTrue();
        assertThat(different.plan().isEmpty()).isTrue();
        assertThat(advice(some, "a")).contains("different versions");
    }

    @Test
    void the_server_of_a_group_that_follows_another_one_is_copied_anew() {
        recorded =
                recorded(
                        3,
                        existing(MAIN).servers("x"),
                        existing("postgresql/copy").servers("a").follows("main"));
        var copy = group("postgresql/copy");

        for (var kind : List.of(Kind.MISSING, Kind.NOT_FOLLOWING)) {
            var found = new Finding(copy, new ServerName("a"), kind, "", "found");
            assertThat(changes(found))
                    .containsExactly(new ResyncServer(copy, new ServerName("a"), false));
        }
        var writes = new Finding(copy, new ServerName("a"), Kind.WRITABLE, "", "found");
        assertThat(changes(writes))
                .containsExactly(new ResyncServer(copy, new ServerName("a"), true));
    }

    @Test
    void of_a_protected_group_nothing_is_overwritten_but_a_lost_primary_server_is_replaced() {
        recorded = recorded(3, existing(MAIN).isProtected().servers("a", "b", "c"));

        var writes = repairs(found("b", Kind.WRITABLE));
        var swapped = repairs(found("a", Kind.DEMOTED), found("b", Kind.WRITABLE));

        assertThat(writes.plan().isEmpty()).isTrue();
        assertThat(advice(writes, "b")).endsWith("assent unprotect shop/production/" + MAIN);
        assertThat(swapped.plan().isEmpty()).isTrue();
        assertThat(advice(swapped, "a")).endsWith("assent unprotect shop/production/" + MAIN);
        assertThat(changes(found("a", Kind.MISSING))).containsExactly(promote("b"));
    }

    @Test
    void a_server_that_was_adopted_is_for_others_to_mend() {
        recorded = recorded(3, existing(MAIN).origin(Origin.ADOPTED).servers("a"));

        var repairs = repairs(found("a", Kind.UNREACHABLE));

        assertThat(repairs.plan().isEmpty()).isTrue();
        assertThat(advice(repairs, "a")).contains("whoever runs it");
        assertThat(changes(of("a", "17.1"))).hasSize(1);
    }

    @Test
    void every_finding_of_a_server_leads_to_a_change_or_to_advice() {
        for (var kind : Kind.values()) {
            for (var server : whoCanBe(kind)) {
                var found = found(server, kind);
                var repairs = repairs(found);
                assertThat(
                                repairs.plan().isEmpty()
                                        && !repairs.advice().containsKey(found.subject()))
                        .as("nothing is said to %s being %s", server, kind)
                        .isFalse();
            }
        }
    }

    @Test
    void the_same_findings_in_another_order_are_the_same_plan() {
        var found = new ArrayList<>(List.of(found("c", Kind.MISSING), found("b", Kind.STOPPED)));
        var one = RepairPlanner.of(recorded, found).plan().digest();

        var other = RepairPlanner.of(recorded, found.reversed()).plan().digest();

        assertThat(other).isEqualTo(one);
    }

    @Test
    void what_was_found_of_a_replica_that_is_the_primary_server_by_now_never_overwrites_it() {
        var before = recorded(3, existing(MAIN).servers("b", "a"));
        var writes = List.of(found("a", Kind.WRITABLE));
        assertThat(RepairPlanner.of(before, writes).plan().isEmpty()).isFalse();

        assertThat(repairs(found("a", Kind.WRITABLE)).plan().isEmpty()).isTrue();
        assertThat(repairs(found("a", Kind.WRONG_SOURCE)).plan().isEmpty()).isTrue();
        assertThat(repairs(found("z", Kind.MISSING)).plan().isEmpty()).isTrue();
    }

    private static List<String> whoCanBe(Kind kind) {
        return switch (kind) {
            case DEMOTED -> List.of("a");
            case WRITABLE, WRONG_SOURCE, NOT_FOLLOWING -> List.of("b");
            case MISSING, STOPPED, UNREACHABLE, FENCED, WRONG_VERSION, EDITED -> List.of("a", "b");
        };
    }

    private static Finding found(String server, Kind kind) {
        var message = server + " is " + kind.word();
        var seen = kind == Kind.WRONG_VERSION ? "16.16" : "";
        return new Finding(group(MAIN), new ServerName(server), kind, seen, message);
    }

    private static Finding of(String server, String version) {
        var message = server + " runs " + version;
        return new Finding(
                group(MAIN), new ServerName(server), Kind.WRONG_VERSION, version, message);
    }

    private static Change start(String server) {
        return new RepairServer(group(MAIN), new ServerName(server), Repair.START);
    }

    private static Change configure(String server) {
        return new RepairServer(group(MAIN), new ServerName(server), Repair.CONFIGURE);
    }

    private static Change resync(String server, boolean diverged) {
        return new ResyncServer(group(MAIN), new ServerName(server), diverged);
    }

    private static Change promote(String server) {
        return new PromoteServer(group(MAIN), new ServerName(server), new ServerName("a"), true);
    }

    private Repairs repairs(Finding... found) {
        return RepairPlanner.of(recorded, Arrays.asList(found));
    }

    private List<Change> changes(Finding... found) {
        return changes(repairs(found).plan());
    }

    private static List<Change> changes(Plan plan) {
        return plan.changes().stream().map(PlannedChange::change).toList();
    }

    private static List<String> because(Plan plan) {
        return plan.changes().stream().map(it -> ((Because.Found) it.because()).what()).toList();
    }

    private static String advice(Repairs repairs, String server) {
        return repairs.advice().entrySet().stream()
                .filter(it -> it.getKey().server().name().equals(server))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
