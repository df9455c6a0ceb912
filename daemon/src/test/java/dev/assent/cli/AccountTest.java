package dev.assent.cli;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.place;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.model.GroupAddress;
import dev.assent.plan.Because;
import dev.assent.reconcile.account.Blame;
import dev.assent.reconcile.account.Fact;
import dev.assent.reconcile.account.Fact.Code;
import dev.assent.state.Assent;
import dev.assent.state.AuditEntry;
import dev.assent.state.PlanState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// why, blame, record, history.
class AccountTest {

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        door.desk.records.add(recorded(2, existing("postgresql/main").primary()));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void why_lists_what_to_clear_in_order_with_the_commands_and_then_what_merely_is_so() {
        fact(
                Code.PLAN_PROPOSED,
                "plan p-1 waits for a yes",
                "assent show p-1",
                "assent approve p-1");
        fact(Code.NOT_DEFINED, "it is not fully defined", "# say so");
        fact(Code.ADOPTED, "it was adopted");

        var typed = Typed.at(door, "why", "shop/production", "postgresql/main");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                        2 things keep postgresql/main of shop/production from being as it is declared; clear them in this order:
                         1. plan p-1 waits for a yes (apps/shop/manifest.yml:3)
                              assent show p-1
                              assent approve p-1
                         2. it is not fully defined (apps/shop/manifest.yml:3)
                              # say so

                        Besides:
                          • it was adopted (apps/shop/manifest.yml:3)
                        """);
    }

    @Test
    void why_takes_the_group_in_one_word_too_and_says_where_nothing_is_in_the_way() {
        fact(Code.AS_DECLARED, "postgresql/main is as it is declared");

        var typed = Typed.at(door, "why", "shop/production/postgresql/main");

        assertThat(typed.out())
                .startsWith(
                        "Nothing keeps postgresql/main of shop/production from being as it is"
                                + " declared.\n  • postgresql/main is as it is declared");
    }

    @Test
    void why_of_an_application_of_which_there_is_nothing_says_so() {
        assertThat(Typed.at(door, "why", "shop/production").out())
                .isEqualTo("shop/production declares nothing, and nothing of it exists.\n");
    }

    @Test
    void why_as_json_is_what_the_api_says() {
        fact(Code.NOT_DEFINED, "it is not fully defined", "# say so");

        var json =
                JsonMapper.shared()
                        .readTree(
                                Typed.at(door, "why", "shop/production", "--format", "json").out());

        assertThat(json.path("blocked").asBoolean()).isTrue();
        assertThat(json.at("/facts/0/code").asString()).isEqualTo("not-defined");
        assertThat(json.at("/facts/0/line").asInt()).isEqualTo(3);
        assertThat(json.at("/facts/0/steps/0").asString()).isEqualTo("# say so");
    }

    @Test
    void why_refuses_what_is_neither_an_application_nor_a_group() {
        assertThat(Typed.at(door, "why", "shop").err()).contains("write APP/ENV");
        assertThat(Typed.at(door, "why", "shop/production", "main").err())
                .isEqualTo(
                        "assent: `main` is not a group; write ENGINE/GROUP, for instance"
                                + " mysql/main\n");
        assertThat(Typed.at(door, "why", "shop/production/redis/a", "redis/a").err())
                .contains("named twice");
        assertThat(Typed.at(door, "why", "shop").code()).isEqualTo(2);
    }

    @Test
    void a_hostile_manifest_moves_no_cursor() {
        fact(Code.MANIFEST_INVALID, "bad \u001b[2J thing");

        assertThat(Typed.atTerminal(door, "why", "shop/production").out()).doesNotContain("\u001b");
    }

    @Test
    void blame_is_one_aligned_line_for_each_thing() {
        door.desk.blames.add(blame());

        var typed = Typed.at(door, "blame", "shop/production/postgresql/main");

        var id = FakeDesk.waiting().id();
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                        %1$s  ada  just now  apps/shop/manifest.yml:3 at 3f2a1c9d5e               configuration.version  16.15
                        %1$s  ada  just now  bob: assent protect shop/production/postgresql/main  protected              yes
                        -           -    -         before what is recorded                              backups                none
                        """
                                .formatted(id));
    }

    @Test
    void blame_can_be_narrowed_behind_a_dot() {
        door.desk.blames.add(blame());

        var typed = Typed.at(door, "blame", "shop/production/postgresql/main.version");

        assertThat(typed.out()).hasLineCount(1).contains("configuration.version", "16.15");
    }

    @Test
    void blame_of_what_is_not_there_or_not_so_called_is_a_no_with_a_way_out() {
        door.desk.blames.add(blame());

        var group = Typed.at(door, "blame", "shop/production/postgresql/other");
        var setting = Typed.at(door, "blame", "shop/production/postgresql/main.colour");
        var application = Typed.at(door, "blame", "nope/production/postgresql/main");

        assertThat(group.code()).isEqualTo(1);
        assertThat(group.err()).contains("`assent why shop/production postgresql/other`");
        assertThat(setting.code()).isEqualTo(1);
        assertThat(setting.err()).contains("it has configuration.version, protected, backups");
        assertThat(application.err()).contains("there is no application `nope/production`");
        assertThat(Typed.at(door, "blame", "shop/production").code()).isEqualTo(2);
    }

    @Test
    void a_record_that_was_printed_can_be_planned_against(@TempDir Path folder) throws Exception {
        var record = Typed.at(door, "record", "shop/production");
        var file = Files.writeString(folder.resolve("record.json"), record.out());
        var manifest = Files.createDirectories(folder.resolve("shop")).resolve("manifest.yml");
        Files.writeString(
                manifest,
                """
                postgresql:
                  groups:
                    main:
                      configuration: {version: 16}
                      servers:
                      - server: {unique_name: main}
                """);

        var typed =
                Typed.run(
                        false, Map.of(), "plan", manifest.toString(), "--record", file.toString());

        assertThat(record.code()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("no changes");
    }

    @Test
    void a_record_of_another_application_is_refused(@TempDir Path folder) throws Exception {
        var file =
                Files.writeString(
                        folder.resolve("record.json"),
                        Typed.at(door, "record", "shop/production").out());
        var manifest = Files.createDirectories(folder.resolve("blog")).resolve("manifest.yml");
        Files.writeString(manifest, "redis: {server: external}\n");

        var typed =
                Typed.run(
                        false, Map.of(), "plan", manifest.toString(), "--record", file.toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .contains("record.json is not a record: it is of shop/production, not of blog/");
    }

    @Test
    void an_unknown_application_has_no_record() {
        var typed = Typed.at(door, "record", "nope/production");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("there is no application `nope/production`");
    }

    @Test
    void history_can_be_narrowed_to_a_plan_and_to_a_time() {
        var plan = FakeDesk.stored(FakeDesk.waiting().plan(), PlanState.PROPOSED);
        door.desk.plans.add(plan);
        audit(1, "plan.proposed", 3 * 3600, Optional.of(plan.digest().toString()));
        audit(2, "protection.set", 7200, Optional.empty());
        audit(3, "setting.changed", 60, Optional.empty());

        assertThat(Typed.at(door, "history", "--plan", plan.id()).out())
                .hasLineCount(1)
                .contains("ada", "plan.proposed", plan.id());
        assertThat(Typed.at(door, "history", "--since", "30m").out())
                .hasLineCount(1)
                .contains("setting.changed");
        assertThat(Typed.at(door, "history", "--since", "2026-11-23T09:30:00Z").out())
                .hasLineCount(2);
        assertThat(Typed.at(door, "history", "--since", "2026-11-20").out()).hasLineCount(3);
        assertThat(Typed.at(door, "history", "--since", "1m", "--plan", plan.id()).out())
                .isEqualTo("Nothing of that kind happened.\n");
    }

    @Test
    void history_refuses_a_plan_and_a_time_that_are_none() {
        var time = Typed.at(door, "history", "--since", "yesterday");

        assertThat(time.code()).isEqualTo(2);
        assertThat(time.err()).startsWith("assent: `yesterday` is no moment; write 30m, 12h or 7d");
        assertThat(Typed.at(door, "history", "--plan", "p-00000000").err())
                .contains("there is no plan `p-00000000`");
        assertThat(Typed.at(door, "history", "--plan", "x").err()).contains("not the id of a plan");
    }

    private void fact(Code code, String message, String... steps) {
        door.desk.facts.add(
                new Fact(
                        code,
                        List.of(group("postgresql/main")),
                        message,
                        List.of(),
                        Optional.of(place(3)),
                        List.of(steps)));
    }

    private static Blame blame() {
        var plan = FakeDesk.waiting();
        var yes = List.of(new Assent("ada", "cli", FakeDesk.NOW, new TreeSet<>()));
        var commit = new Because.Declared(place(3), Optional.of("3f2a1c9d5e6b7a8c"));
        var request = new Because.Asked("bob", "protect shop/production/postgresql/main");
        return new Blame(
                new GroupAddress(SHOP, group("postgresql/main")),
                List.of(
                        new Blame.Line(
                                "configuration.version",
                                "16.15",
                                Optional.of(
                                        new Blame.Cause("c1", commit, plan, yes, FakeDesk.NOW))),
                        new Blame.Line(
                                "protected",
                                "yes",
                                Optional.of(
                                        new Blame.Cause("c2", request, plan, yes, FakeDesk.NOW))),
                        new Blame.Line("backups", "none", Optional.empty())));
    }

    private void audit(long number, String what, long secondsAgo, Optional<String> plan) {
        door.desk.audit.add(
                new AuditEntry(
                        number,
                        FakeDesk.NOW.minusSeconds(secondsAgo),
                        "ada",
                        what,
                        Optional.of("shop/production"),
                        plan,
                        "",
                        "00"));
    }
}
