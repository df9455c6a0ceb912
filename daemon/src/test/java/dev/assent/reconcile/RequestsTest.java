package dev.assent.reconcile;

import static dev.assent.plan.Given.group;
import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Request;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Promote;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Scale;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people ask for, through the whole pipeline; and the times that plans have.
class RequestsTest {

    @TempDir Path folder;
    private Pipeline pipeline;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.push("main");
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 1);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void a_request_becomes_a_plan_that_waits_and_is_applied_when_it_is_approved() {
        var plan = ask(add("postgresql/spare"));

        assertThat(plan.state()).isEqualTo(PlanState.PROPOSED);
        assertThat(plan.asked().orElseThrow().who()).isEqualTo("ann");
        assertThat(pipeline.provider.calls()).containsExactly("build main");

        apply(plan);

        assertThat(recorded("postgresql/spare").origin()).isEqualTo(Origin.REQUEST);
        assertThat(pipeline.provider.calls()).contains("build postgresql-spare");
    }

    @Test
    void commits_that_change_something_else_leave_a_request_and_its_assent_as_they_are()
            throws Exception {
        var plan = ask(add("postgresql/spare"));

        pipeline.push("main", "other");
        pipeline.push("main");

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void a_request_is_planned_anew_when_another_plan_was_applied() throws Exception {
        var scaled = ask(add("postgresql/spare"));
        pipeline.push("main", "other");
        var other = newest(PlanState.PROPOSED, scaled);

        apply(other);

        await().until(() -> pipeline.plan(scaled).state() == PlanState.SUPERSEDED);
        await().until(() -> pipeline.plans(PlanState.PROPOSED).size() == 1);
        var anew = pipeline.plans(PlanState.PROPOSED).getFirst();
        assertThat(anew.asked()).isEqualTo(scaled.asked());
        assertThat(anew.plan().baseSerial()).isEqualTo(2);
        assertThat(pipeline.plan(scaled).supersededBy()).contains(anew.digest());
    }

    @Test
    void a_request_that_was_decided_is_not_planned_anew() throws Exception {
        var rejected = ask(add("postgresql/spare"));
        pipeline.reconciler.reject(rejected.id(), Speaker.admin("ada", Channel.CLI), "not now");
        var applied = ask(new Protect(group("postgresql/main"), true));
        apply(applied);

        pipeline.restart();

        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
        assertThat(recorded("postgresql/main").standing().isProtected()).isTrue();
    }

    @Test
    void a_request_that_the_manifest_has_come_to_contradict_is_over() throws Exception {
        pipeline.push("main", "other");
        var built = newest(PlanState.PROPOSED);
        apply(built);
        var primary = ask(new MakePrimary(group("postgresql/other")));

        pipeline.git.push(
                MANIFEST,
                """
                postgresql:
                  groups:
                    main:
                      primary: true
                      servers: [{server: {unique_name: main}}]
                    other:
                      servers: [{server: {unique_name: other}}]
                """);
        pipeline.poll();

        assertThat(pipeline.plan(primary).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(pipeline.plan(primary).reason())
                .hasValueSatisfying(it ->
                        assertThat(it)
                                .contains("it can no longer be", "postgresql/main is primary"));
    }

    @Test
    void what_failed_half_done_is_resumed_though_it_could_not_be_asked_for_again() {
        apply(ask(add("postgresql/spare")));
        apply(ask(new Scale(group("postgresql/spare"), 2)));
        var servers = recorded("postgresql/spare").servers();
        var last = servers.getLast().name().name();
        pipeline.provider.breakServer(last);
        var promotion = ask(new Promote(group("postgresql/spare"), servers.get(1).name(), false));
        pipeline.approve(promotion);
        await().until(() -> pipeline.plan(promotion).state() == PlanState.FAILED);

        pipeline.reconciler.planOnceMore(SHOP);
        assertThat(recorded("postgresql/spare").primaryServer().name())
                .isEqualTo(servers.get(1).name());
        pipeline.provider.mendServer(last);
        pipeline.reconciler.apply(promotion.id(), "ann");

        await().until(() -> pipeline.plan(promotion).state() == PlanState.APPLIED);
    }

    @Test
    void a_request_outlives_a_time_in_which_the_manifest_has_errors() throws Exception {
        var spare = ask(add("postgresql/spare"));
        var protect = ask(new Protect(group("postgresql/main"), true));
        pipeline.git.push(MANIFEST, "postgresql:\n\tgroups: {}\n");
        pipeline.poll();

        apply(protect);
        await().until(() -> pipeline.plan(spare).state() == PlanState.SUPERSEDED);
        pipeline.restart();
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
        pipeline.push("main");

        assertThat(pipeline.plans(PlanState.PROPOSED))
                .singleElement()
                .satisfies(it -> assertThat(it.asked()).isEqualTo(spare.asked()));
    }

    @Test
    void the_same_request_twice_is_one_plan() {
        var first = ask(add("postgresql/spare"));
        var second = ask(add("postgresql/spare"));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(pipeline.plans(PlanState.PROPOSED)).hasSize(1);
    }

    @Test
    void a_request_against_a_manifest_with_errors_is_refused() throws Exception {
        pipeline.git.push(MANIFEST, "postgresql:\n\tgroups: {}\n");
        pipeline.poll();

        assertThat(refusal(add("postgresql/spare"))).contains(MANIFEST + " has errors");
    }

    @Test
    void what_a_request_brought_and_a_manifest_declares_later_can_be_gone_from_it()
            throws Exception {
        apply(ask(add("postgresql/spare")));
        pipeline.push("main");
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();

        pipeline.git.push(
                MANIFEST,
                "postgresql:\n  groups:\n    main: {servers: [{server: {unique_name: main}}]}\n    spare: {}\n");
        pipeline.poll();
        assertThat(recorded("postgresql/spare").standing().declared()).isTrue();
        pipeline.push("main");

        assertThat(pipeline.plans(PlanState.PROPOSED))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.plan().changes().getFirst().change().action())
                                .isEqualTo("remove-group"));
    }

    @Test
    void a_protected_group_stays_whatever_the_manifest_says() throws Exception {
        apply(ask(new Protect(group("postgresql/main"), true)));

        pipeline.push("other");

        assertThat(pipeline.plans(PlanState.PROPOSED))
                .singleElement()
                .satisfies(it -> assertThat(it.plan().destructive()).isEmpty());
        assertThat(refusal(new RemoveGroup(group("postgresql/main")))).contains("is protected");
    }

    @Test
    void protection_that_came_after_a_removal_was_planned_makes_that_plan_void() throws Exception {
        pipeline.push("other");
        var removal = newest(PlanState.PROPOSED);
        assertThat(removal.plan().destructive()).hasSize(1);

        apply(ask(new Protect(group("postgresql/main"), true)));

        await().until(() -> pipeline.plan(removal).state() == PlanState.SUPERSEDED);
    }

    // a whole manifest that is gone

    @Test
    void an_application_whose_whole_manifest_is_gone_is_removed_only_by_name() throws Exception {
        pipeline.git.remove(MANIFEST);
        pipeline.poll();
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();

        var removal = ask(new RemoveGroup(group("postgresql/main")));

        assertThat(removal.plan().destructive()).hasSize(1);
    }

    // cooling-off

    @Test
    void an_approved_removal_waits_and_then_starts_by_itself() throws Exception {
        pipeline.destroyAfter(Duration.ofDays(1));
        pipeline.push("other");
        var plan = newest(PlanState.PROPOSED);

        var approved = pipeline.approve(plan, "postgresql/main");
        assertThat(approved.state()).isEqualTo(PlanState.APPROVED);
        assertThat(approved.notBefore()).contains(pipeline.instant().plus(Duration.ofDays(1)));

        pipeline.later(Duration.ofHours(23));
        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.reconciler.apply(plan.id(), "ada"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        it ->
                                assertThat(it.why())
                                        .contains(
                                                "waits until 2026-11-26T12:00:00Z",
                                                "assent reject " + plan.id()));
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);

        pipeline.later(Duration.ofHours(1));
        pipeline.reconciler.lookAfterPlans();
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    @Test
    void an_approved_removal_that_waits_is_cancelled_by_a_no() throws Exception {
        pipeline.destroyAfter(Duration.ofDays(1));
        pipeline.push("other");
        var plan = pipeline.approve(newest(PlanState.PROPOSED), "postgresql/main");

        pipeline.reconciler.reject(plan.id(), Speaker.admin("bob", Channel.CLI), "we need it");
        pipeline.later(Duration.ofDays(2));
        pipeline.reconciler.lookAfterPlans();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.REJECTED);
        assertThat(recorded("postgresql/main")).isNotNull();
    }

    @Test
    void a_removal_that_waits_outlives_a_restart() throws Exception {
        pipeline.destroyAfter(Duration.ofDays(1));
        pipeline.push("other");
        var plan = pipeline.approve(newest(PlanState.PROPOSED), "postgresql/main");

        pipeline.restart();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);
        pipeline.later(Duration.ofHours(25));
        pipeline.restart();
        pipeline.reconciler.lookAfterPlans();
        // Nobody knows yet whether it is still wanted.
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);
        pipeline.poll();
        pipeline.reconciler.lookAfterPlans();

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    // expiry

    @Test
    void a_plan_that_nobody_approves_expires_and_can_be_asked_for_once_more() throws Exception {
        pipeline.push("main", "other");
        var plan = newest(PlanState.PROPOSED);

        pipeline.later(Duration.ofDays(7));
        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        pipeline.later(Duration.ofSeconds(1));
        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.EXPIRED);

        assertThat(pipeline.reconciler.planOnceMore(SHOP)).isEmpty();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(pipeline.plan(plan).proposedAt()).isEqualTo(pipeline.instant());
    }

    @Test
    void a_rejected_plan_is_proposed_once_more_only_when_somebody_asks() throws Exception {
        pipeline.push("main", "other");
        var plan = newest(PlanState.PROPOSED);
        pipeline.reconciler.reject(plan.id(), Speaker.admin("ada", Channel.CLI), "no");

        pipeline.poll();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.REJECTED);
        pipeline.reconciler.planOnceMore(SHOP);

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void replicas_that_were_asked_for_are_built_and_recorded() {
        apply(ask(add("postgresql/spare")));

        apply(ask(new Scale(group("postgresql/spare"), 2)));

        assertThat(recorded("postgresql/spare").servers())
                .extracting(it -> it.name().name())
                .containsExactly(
                        "postgresql-spare",
                        "postgresql-spare-replica",
                        "postgresql-spare-replica-2");
    }

    @Test
    void the_primary_group_is_another_one_from_the_next_redeploy_on() {
        apply(ask(add("postgresql/spare")));

        apply(ask(new MakePrimary(group("postgresql/spare"))));

        assertThat(recorded("postgresql/spare").primary()).isTrue();
        assertThat(recorded("postgresql/main").primary()).isFalse();
    }

    private StoredPlan ask(Request request) {
        var decision = pipeline.reconciler.ask(SHOP, request, Speaker.admin("ann", Channel.CLI));
        assertThat(decision).isInstanceOf(Decision.Decided.class);
        return ((Decision.Decided) decision).plan();
    }

    private String refusal(Request request) {
        var decision = pipeline.reconciler.ask(SHOP, request, Speaker.admin("ann", Channel.CLI));
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).why();
    }

    private void apply(StoredPlan plan) {
        pipeline.approve(plan);
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    private StoredPlan newest(PlanState state, StoredPlan... without) {
        return pipeline.plans(state).stream()
                .filter(it ->
                        Arrays.stream(without)
                                .noneMatch(other -> other.digest().equals(it.digest())))
                .findFirst()
                .orElseThrow();
    }

    private RecordedGroup recorded(String name) {
        return pipeline.store.records().of(SHOP).group(group(name)).orElseThrow();
    }

    private static AddGroup add(String name) {
        return new AddGroup(group(name), Optional.empty(), Optional.empty());
    }
}
