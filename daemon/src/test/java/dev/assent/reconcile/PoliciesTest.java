package dev.assent.reconcile;

import static dev.assent.plan.Given.group;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.approval.Speaker;
import dev.assent.model.GroupName;
import dev.assent.plan.Request;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline under policies: who is heard, and when it goes on.
class PoliciesTest {

    private static final String TWO_OF_DBA =
            """
            people: {ada: {}, ben: {}, cleo: {}, eve: {}}
            groups: {dba: [ada, ben, cleo]}
            rules: [{match: "*/production", by: [dba], approvals: 2}]
            """;

    private static final String ADA_OR_BEN =
            """
            people: {ada: {emails: [ada@example.org]}, ben: {}}
            groups: {dba: [ada, ben]}
            rules: [{match: "*/*", by: [dba]}]
            """;

    @TempDir Path folder;

    private Pipeline pipeline;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void two_people_say_yes_and_only_then_it_is_carried_out() throws Exception {
        var plan = proposed(TWO_OF_DBA);

        var first = yes(plan, "ada");
        assertThat(first)
                .isEqualTo(
                        new Decision.Noted(
                                pipeline.plan(plan), "1 of 2 approvals; one more of dba"));
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);

        assertThat(yes(plan, "ben")).isInstanceOf(Decision.Decided.class);
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    @Test
    void who_says_the_same_again_is_told_so_and_does_not_count_twice() throws Exception {
        var plan = proposed(TWO_OF_DBA);
        yes(plan, "ada");

        assertThat(refusal(yes(plan, "ada")))
                .isEqualTo(
                        "ada said yes to %s by cli already; 1 of 2 approvals; one more of dba"
                                .formatted(plan.id()));
        assertThat(yes(plan, "ada", Channel.TAG, "")).isInstanceOf(Decision.Noted.class);
        assertThat(pipeline.plan(plan).assents()).hasSize(2);
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void a_yes_of_somebody_without_a_say_is_refused_and_leaves_nothing() throws Exception {
        var plan = proposed(TWO_OF_DBA);

        assertThat(refusal(yes(plan, "eve")))
                .isEqualTo(
                        "%1$s is not approved: this yes does not count: 0 of 2 approvals; 2 more of dba; not counted: eve is not of dba. Who may is told by: assent policy test POLICY --plan %1$s"
                                .formatted(plan.id()));
        assertThat(refusal(yes(plan, "admin"))).contains("admin is not of dba");
        assertThat(pipeline.plan(plan).assents()).isEmpty();
    }

    @Test
    void where_enough_have_said_yes_by_now_it_is_still_for_them_to_say_how_much_is_done()
            throws Exception {
        var plan = proposed(TWO_OF_DBA);
        yes(plan, "ada");
        policy(TWO_OF_DBA.replace("approvals: 2", "approvals: 1"));

        assertThat(refusal(yes(plan, "eve"))).contains("this yes does not count");
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(yes(plan, "ada")).isInstanceOf(Decision.Decided.class);
    }

    @Test
    void whoever_pushed_a_change_to_the_branch_is_its_author_also_after_the_record_moved()
            throws Exception {
        policy(
                """
                people: {ada: {emails: [test@example.org]}, ben: {}}
                rules: [{match: "*/*", by: [ada, ben]}]
                """);
        pipeline.push("main");
        pipeline.push("main", "more");
        var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
        assertThat(plan.wanted().authors()).containsExactly("email:test@example.org");
        assertThat(refusal(yes(plan, "ada"))).contains("ada is an author of the change");

        pipeline.reconciler.reject(plan.id(), speaker("ben"), "once more");
        pipeline.later(Duration.ofMinutes(1));
        assertThat(pipeline.reconciler.planOnceMore(Pipeline.SHOP)).isEmpty();

        assertThat(pipeline.plan(plan).wanted().authors())
                .containsExactly("email:test@example.org");
        assertThat(yes(plan, "ben")).isInstanceOf(Decision.Decided.class);
    }

    @Test
    void only_whoever_has_a_say_may_reject() throws Exception {
        var plan = proposed(TWO_OF_DBA);

        assertThat(refusal(pipeline.reconciler.reject(plan.id(), speaker("eve"), "no")))
                .startsWith("eve may not reject " + plan.id());
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);

        assertThat(pipeline.reconciler.reject(plan.id(), speaker("cleo"), "no"))
                .isInstanceOf(Decision.Decided.class);
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.REJECTED);
    }

    @Test
    void whoever_wrote_a_part_of_it_in_an_earlier_commit_does_not_approve_it() throws Exception {
        policy(ADA_OR_BEN);
        pipeline.git.by("ada@example.org");
        pipeline.push("main");
        pipeline.git.by("cleo@example.org");
        pipeline.push("main", "more");

        var plan = pipeline.plans(PlanState.PROPOSED).getFirst();

        assertThat(refusal(yes(plan, "ada"))).contains("ada is an author of the change");
        assertThat(yes(plan, "ben")).isInstanceOf(Decision.Decided.class);
    }

    @Test
    void a_plan_is_theirs_who_wrote_any_of_what_is_not_so_yet() throws Exception {
        policy(ADA_OR_BEN);
        pipeline.git.by("ada@example.org");
        pipeline.git.push(Pipeline.MANIFEST, Pipeline.manifest("main") + "oops\n");
        pipeline.poll();
        pipeline.git.by("cleo@example.org");
        pipeline.push("main");
        var plan = pipeline.plans(PlanState.PROPOSED).getFirst();

        assertThat(plan.wanted().authors())
                .containsExactly("email:ada@example.org", "email:cleo@example.org");
        assertThat(refusal(yes(plan, "ada"))).contains("ada is an author of the change");

        assertThat(yes(plan, "ben")).isInstanceOf(Decision.Decided.class);
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        await().until(() -> pipeline.store.manifests().authors(Pipeline.SHOP).isEmpty());
        pipeline.push("main", "more");
        assertThat(yes(pipeline.plans(PlanState.PROPOSED).getFirst(), "ada"))
                .isInstanceOf(Decision.Decided.class);
    }

    @Test
    void a_heads_plan_is_also_theirs_who_pushed_what_waits_on_the_branch() throws Exception {
        policy(ADA_OR_BEN);
        pipeline.watch("feature/*");
        pipeline.git.by("ada@example.org");
        pipeline.push("main");
        pipeline.git.by("cleo@example.org");
        pipeline.git.pushTo(
                "feature/one", Pipeline.MANIFEST, Pipeline.manifest("main", "one"));
        pipeline.poll();

        assertThat(pipeline.plans(PlanState.PROPOSED))
                .filteredOn(it -> !it.wanted().byBranch())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.wanted().authors())
                                .containsExactly(
                                        "email:ada@example.org", "email:cleo@example.org"));
    }

    @Test
    void the_admin_token_says_no_yes_to_what_it_asked_for_under_another_name() throws Exception {
        proposed(
                """
                people: {ada: {}, ben: {}}
                groups: {dba: [ada, ben]}
                rules: [{match: "*/*", by: [dba, admin]}]
                """);
        var asked =
                pipeline.reconciler.ask(
                        Pipeline.SHOP,
                        new Request.AddGroup(
                                group("postgresql/spare"), Optional.empty(), Optional.empty()),
                        Speaker.admin("ada", Channel.CLI));
        var plan = ((Decision.Decided) asked).plan();

        assertThat(refusal(yes(plan, "admin"))).contains("admin is an author of the change");
        assertThat(refusal(yes(plan, "ada"))).contains("ada is an author of the change");
        assertThat(yes(plan, "ben")).isInstanceOf(Decision.Decided.class);
    }

    @Test
    void whoever_left_the_group_before_the_start_does_not_count_any_more() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var plan = proposed(TWO_OF_DBA);
        yes(plan, "ada");
        yes(plan, "ben");
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);

        policy(TWO_OF_DBA.replace("[ada, ben, cleo]", "[ben, cleo]"));
        assertThat(refusal(pipeline.reconciler.apply(plan.id(), "ben")))
                .startsWith(
                        plan.id()
                                + " is no longer approved: 1 of 2 approvals; one more of dba; not counted: ada is not of dba");
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);

        assertThat(yes(plan, "cleo")).isInstanceOf(Decision.Decided.class);
        pipeline.reconciler.apply(plan.id(), "cleo");
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    @Test
    void outside_its_window_an_approved_plan_waits_and_starts_by_itself_when_it_opens()
            throws Exception {
        // It is Wednesday noon.
        var plan =
                proposed(
                        """
                        rules:
                        - match: "*/*"
                          by: [admin]
                          window: {cron: "0 0 22 ? * WED", for: 2h}
                        """);

        var decision = yes(plan, "admin");

        assertThat(((Decision.Decided) decision).plan().notBefore())
                .contains(Instant.parse("2026-11-25T22:00:00Z"));
        assertThat(refusal(pipeline.reconciler.apply(plan.id(), "ada")))
                .isEqualTo(
                        "%1$s waits until 2026-11-25T22:00:00Z, since the window is closed (`0 0 22 ? * WED` for 2h, UTC). To cancel it: assent reject %1$s --reason '…'"
                                .formatted(plan.id()));
        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);

        pipeline.later(Duration.ofHours(11));
        pipeline.reconciler.lookAfterPlans();
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    @Test
    void a_window_that_was_slept_through_is_waited_for_anew() throws Exception {
        var plan =
                proposed(
                        """
                        rules:
                        - match: "*/*"
                          by: [admin]
                          window: {cron: "0 0 22 ? * *", for: 2h}
                        """);
        yes(plan, "admin");

        pipeline.later(Duration.ofHours(20));
        pipeline.reconciler.lookAfterPlans();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);
        assertThat(pipeline.plan(plan).notBefore()).contains(Instant.parse("2026-11-26T22:00:00Z"));
    }

    @Test
    void a_freeze_that_is_lifted_is_lifted_for_what_was_approved_in_it() throws Exception {
        var rules = "rules: [{match: '*/*', by: [admin]}]\n";
        var freeze =
                "freezes: [{match: '*/*', from: 2026-11-20T00:00, until: 2026-12-20T00:00, reason: audit}]\n";
        var plan = proposed(rules + freeze);
        yes(plan, "admin");
        assertThat(pipeline.plan(plan).waitsFor())
                .isEqualTo("*/* is frozen until 2026-12-20T00:00:00Z: audit");

        policy(rules);
        pipeline.restart();

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    @Test
    void a_removal_that_was_thought_over_starts_in_the_first_window_after_that() throws Exception {
        pipeline.destroyAfter(Duration.ofDays(1));
        policy("rules: [{match: '*/*', by: [admin]}]");
        pipeline.push("main", "old");
        yes(pipeline.plans(PlanState.PROPOSED).getFirst(), "admin");
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 1);
        policy(
                """
                rules:
                - match: "*/*"
                  by: [admin]
                  window: {cron: "0 0 22 ? * *", for: 2h}
                """);
        pipeline.push("main");
        var removal = pipeline.plans(PlanState.PROPOSED).getFirst();

        var decision = yes(removal, "admin", Channel.CLI, "postgresql/old");

        var plan = ((Decision.Decided) decision).plan();
        assertThat(plan.notBefore()).contains(Instant.parse("2026-11-26T22:00:00Z"));
        assertThat(plan.waitsFor())
                .isEqualTo(
                        "it removes a group and the window is closed (`0 0 22 ? * *` for 2h, UTC)");
    }

    @Test
    void a_policy_in_the_repository_has_no_effect() throws Exception {
        var plan = proposed(TWO_OF_DBA);
        var everybody = "rules: [{match: '*/*', by: [admin, eve], author: true}]\n";
        for (var path : List.of("policy.yml", "apps/shop/policy.yml", ".assent/policy.yml")) {
            pipeline.git.push(path, everybody);
        }
        pipeline.poll();

        assertThat(refusal(yes(plan, "admin"))).contains("admin is not of dba");
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
    }

    private StoredPlan proposed(String policy) throws Exception {
        policy(policy);
        pipeline.push("main");
        return pipeline.plans(PlanState.PROPOSED).getFirst();
    }

    private void policy(String text) {
        pipeline.settings.policy =
                switch (new PolicyReader().read("policy.yml", text.getBytes(UTF_8))) {
                    case PolicyReading.Valid(Policy policy, _) -> policy;
                    case PolicyReading.Invalid(var problems) ->
                            throw new AssertionError(problems.toString());
                };
    }

    private Decision yes(StoredPlan plan, String person) {
        return yes(plan, person, Channel.CLI, "");
    }

    private Decision yes(StoredPlan plan, String person, Channel channel, String destroy) {
        var speaker = new Speaker(person, person, new TreeSet<>(), channel, Optional.empty());
        var groups = GroupName.parse(destroy).map(Set::of).orElseGet(Set::of);
        var consent = new Consent(Optional.of(plan.digest()), groups, false);
        return pipeline.reconciler.approve(new Yes(plan.digest().toString(), speaker, consent));
    }

    private static Speaker speaker(String person) {
        return new Speaker(person, person, new TreeSet<>(), Channel.COMMENT, Optional.empty());
    }

    private static String refusal(Decision decision) {
        return switch (decision) {
            case Decision.Refused(var why) -> why;
            case Decision.Decided(var plan) -> throw new AssertionError("decided: " + plan.id());
            case Decision.Noted(_, var missing) -> throw new AssertionError("noted: " + missing);
        };
    }
}
