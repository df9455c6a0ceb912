package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.plan.render.PlanJson;
import dev.assent.state.Assent;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// policy check, test, replay.
class PolicyCommandTest {

    private static final String POLICY =
            """
            people:
              ada: {github: ada-l}
              ben: {}
              cleo: {}
            groups: {dba: [ada, ben]}
            rules:
            - {name: data, match: "*/production", severity: [destructive], by: [dba], approvals: 2}
            - {name: rest, match: "*/production", by: [dba, forge-write]}
            """;

    @TempDir Path runFolder;
    @TempDir Path folder;
    private Door door;
    private String policy = "";

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        policy = write("policy.yml", POLICY);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void check_says_what_is_wrong_with_line_and_caret() throws IOException {
        var bad = write("bad.yml", POLICY.replace("by: [dba], app", "by: [dbas], app"));

        var good = Typed.inScript("policy", "check", policy);
        var wrong = Typed.inScript("policy", "check", bad);
        var json = Typed.inScript("policy", "check", bad, "--format", "json");

        assertThat(good.code()).isZero();
        assertThat(good.out()).endsWith("policy.yml is valid: 3 people, 2 rules, 0 freezes.\n");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out())
                .contains("bad.yml:7:69  ASN1204  there is no person or group `dbas`", "^^^^");
        assertThat(JsonMapper.shared().readTree(json.out()).at("/files/0/problems/0/line").asInt())
                .isEqualTo(7);
    }

    @Test
    void test_says_for_each_change_who_could_approve_it_and_who_not_and_why() throws IOException {
        var plan = FakeDesk.waiting();
        var file = write("plan.json", PlanJson.write(plan.plan()).toString());

        var typed = Typed.inScript("policy", "test", policy, file);

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .isEqualTo(
                        """
                        Plan %s for shop/production

                          c1  create group postgresql/main  safe
                              rule       rest: 1 approval of dba or forge-write, not by its author
                              could      ada
                                         ben
                                         whoever has forge-write
                              could not  cleo is not of dba or forge-write
                                         admin is not of dba or forge-write
                              so far     0 of 1 approvals; one more of dba or forge-write

                          c2  remove group postgresql/legacy  destructive
                              rule       data: 2 approvals of dba, not by its author
                              could      ada
                                         ben
                              could not  cleo is not of dba
                                         admin is not of dba
                              so far     0 of 2 approvals; 2 more of dba

                        Approved now, it could start at once.
                        """
                                .formatted(plan.id()));
    }

    @Test
    void test_of_one_person_answers_with_the_exit_code_too() throws IOException {
        var file = write("plan.json", PlanJson.write(FakeDesk.waiting().plan()).toString());

        assertThat(Typed.inScript("policy", "test", policy, file, "--as", "ada").code()).isZero();
        assertThat(Typed.inScript("policy", "test", policy, file, "--as", "github:ADA-L").code())
                .isZero();
        assertThat(Typed.inScript("policy", "test", policy, file, "--as", "cleo").code())
                .isEqualTo(1);
        var eve =
                Typed.inScript(
                        "policy",
                        "test",
                        policy,
                        file,
                        "--as",
                        "github:eve",
                        "--group",
                        "forge-write",
                        "--format",
                        "json");
        var changes = JsonMapper.shared().readTree(eve.out()).at("/plans/0/changes");
        assertThat(eve.code()).isEqualTo(1);
        assertThat(changes.at("/0/could/0").asString()).isEqualTo("github:eve");
        assertThat(changes.at("/1/couldNot/0").asString()).isEqualTo("github:eve is not of dba");
        assertThat(Typed.inScript("policy", "test", policy, file, "--as", "eve"))
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo(2);
                    assertThat(it.err()).contains("a forge's user is written as github:eve");
                });
    }

    @Test
    void test_counts_what_was_said_to_a_plan_of_the_daemon_and_to_one_that_it_showed()
            throws IOException {
        var plan = said(FakeDesk.waiting(), PlanState.PROPOSED, "ada");
        door.desk.plans.add(plan);
        var file = write("shown.json", StoredPlanJson.write(plan).toString());

        for (var typed :
                List.of(
                        Typed.at(door, "policy", "test", policy, "--plan", plan.id()),
                        Typed.inScript("policy", "test", policy, file))) {
            assertThat(typed.code()).isZero();
            assertThat(typed.out())
                    .contains("so far     enough have said yes\n")
                    .contains("so far     1 of 2 approvals; one more of dba\n");
        }
    }

    @Test
    void test_says_that_nobody_can_approve_what_no_rule_is_for() throws IOException {
        var file = write("plan.json", PlanJson.write(FakeDesk.waiting().plan()).toString());
        var narrow = write("narrow.yml", POLICY.replace("production\", by", "staging\", by"));

        var typed = Typed.inScript("policy", "test", narrow, file);

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out())
                .contains(
                        "nobody  no rule of the policy is for create-group (safe) in shop/production, so nobody can approve it\n");
    }

    @Test
    void replay_says_what_would_have_been_stopped_and_why() throws IOException {
        var plan = said(FakeDesk.waiting(), PlanState.APPLIED, "ada");
        door.desk.plans.add(plan);
        var milder = write("milder.yml", POLICY.replace(", approvals: 2", ""));

        var stopped = Typed.at(door, "policy", "replay", policy);
        var passed = Typed.at(door, "policy", "replay", milder, "--format", "json");
        var older = Typed.at(door, "policy", "replay", milder, "--since", "1m");

        assertThat(stopped.code()).isZero();
        assertThat(stopped.out())
                .isEqualTo(
                        """
                        stopped  %s  shop/production  %s  by ada  c2: 1 of 2 approvals; one more of dba
                        1 of 1 approved plans would have been stopped, 0 would have waited.
                        """
                                .formatted(plan.id(), FakeDesk.NOW));
        assertThat(JsonMapper.shared().readTree(passed.out()).at("/plans/0/outcome").asString())
                .isEqualTo("passed");
        assertThat(older.out()).isEqualTo("No plan was approved in that time.\n");
    }

    @Test
    void what_is_asked_for_wrongly_is_said() throws IOException {
        assertThat(Typed.inScript("policy").err())
                .contains("policy check, policy test or policy replay");
        assertThat(Typed.inScript("policy", "test", policy).err()).contains("say which plan");
        assertThat(Typed.inScript("policy", "test", policy, policy).err()).contains("is no plan");
        var none = Typed.inScript("policy", "check", folder.resolve("none.yml"));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("could not read the policy ");
        assertThat(Typed.inScript("policy", "test", write("x.yml", "rules: 1"), policy))
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo(2);
                    assertThat(it.err()).contains("rules", "is no policy that could be tried");
                });
    }

    private static StoredPlan said(StoredPlan plan, PlanState state, String person) {
        var yes =
                new Assent(
                        person,
                        person,
                        new TreeSet<>(),
                        "cli",
                        Optional.empty(),
                        FakeDesk.NOW,
                        new TreeSet<>(List.of("c1", "c2")));
        return new StoredPlan(
                plan.plan(),
                plan.digest(),
                state,
                plan.provenance(),
                plan.wanted(),
                plan.asked(),
                plan.proposedAt(),
                plan.changedAt(),
                List.of(yes),
                plan.notBefore(),
                plan.reason(),
                plan.supersededBy());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
