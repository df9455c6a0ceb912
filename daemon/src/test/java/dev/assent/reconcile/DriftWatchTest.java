package dev.assent.reconcile;

import static dev.assent.plan.Given.group;
import static dev.assent.reconcile.Healths.cutOffFrom;
import static dev.assent.reconcile.Healths.edited;
import static dev.assent.reconcile.Healths.primary;
import static dev.assent.reconcile.Healths.replicaOf;
import static dev.assent.reconcile.Healths.silent;
import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.approval.Channel;
import dev.assent.approval.Matter;
import dev.assent.approval.Speaker;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.plan.Change;
import dev.assent.plan.Change.Repair;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Request.Protect;
import dev.assent.provider.Health;
import dev.assent.provider.Health.State;
import dev.assent.state.AuditEntry;
import dev.assent.state.OpenFinding;
import dev.assent.state.PlanState;
import dev.assent.state.Plans.Proposal;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is seen of servers becomes findings and plans in a real store, and nothing more.
class DriftWatchTest {

    private static final String TWO_SERVERS =
            """
            postgresql:
              groups:
                main:
                  configuration: {version: "16"}
                  servers:
                  - server: {unique_name: a}
                  - server: {unique_name: b}
            """;

    @TempDir Path folder;
    private Pipeline pipeline;
    private List<String> built = List.of();
    private final Map<String, Health> servers =
            new TreeMap<>(Map.of("a", primary(), "b", replicaOf(20_000)));

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.git.push(MANIFEST, TWO_SERVERS);
        pipeline.poll();
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 1);
        built = pipeline.provider.calls();
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void what_is_seen_once_may_pass_and_what_is_seen_twice_is_found_told_and_planned() {
        servers.put("b", edited(replicaOf(20_000), "postgresql.conf"));

        look();
        assertThat(findings()).isEmpty();
        pipeline.later(Duration.ofMinutes(1));
        look();

        assertThat(findings()).extracting(Finding::kind).containsExactly(Kind.EDITED);
        assertThat(changes(proposed()))
                .containsExactly(
                        new RepairServer(
                                group("postgresql/main"), new ServerName("b"), Repair.CONFIGURE));
        assertThat(proposed().wanted().byDrift()).isTrue();
        assertThat(Matter.of(proposed()).isMerged()).isTrue();
        assertThat(audited("drift.found"))
                .containsExactly(
                        "b of postgresql/main has a configuration that was edited:"
                                + " postgresql.conf");
    }

    @Test
    void nothing_is_mended_by_itself() {
        servers.put("b", silent(State.STOPPED, "it died"));

        lookTwice();
        pipeline.reconciler.lookAfterPlans();
        lookTwice();

        assertThat(pipeline.provider.calls()).isEqualTo(built);
        assertThat(proposed().state()).isEqualTo(PlanState.PROPOSED);
    }

    @Test
    void what_comes_and_goes_from_one_look_to_the_next_is_never_found() {
        for (var i = 0; i < 3; i++) {
            servers.put("b", cutOffFrom(20_000));
            look();
            pipeline.later(Duration.ofMinutes(1));
            servers.put("b", replicaOf(20_000));
            look();
            pipeline.later(Duration.ofMinutes(1));
        }

        assertThat(findings()).isEmpty();
        assertThat(audited("drift.found")).isEmpty();
    }

    @Test
    void looks_that_follow_each_other_at_once_are_no_more_than_one() {
        servers.put("b", silent(State.STOPPED, "it is being started"));

        for (var i = 0; i < 5; i++) look();

        assertThat(findings()).isEmpty();
    }

    @Test
    void a_plan_that_expired_is_not_proposed_again_by_itself_as_long_as_the_drift_is_the_same() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var plan = proposed();

        pipeline.later(Duration.ofDays(8));
        pipeline.reconciler.lookAfterPlans();
        lookTwice();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.EXPIRED);
        assertThat(findings()).hasSize(1);
    }

    @Test
    void the_same_drift_is_told_and_proposed_once_however_often_and_by_whichever_daemon() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var since = pipeline.store.findings().of(SHOP).getFirst().since();
        var plan = proposed();

        pipeline.later(Duration.ofMinutes(1));
        lookTwice();
        pipeline.restart();
        servers.put("b", silent(State.STOPPED, "it died, and a minute later it still is"));
        look();

        assertThat(audited("drift.found")).hasSize(1);
        assertThat(audited("plan.proposed")).hasSize(2);
        assertThat(proposed().digest()).isEqualTo(plan.digest());
        assertThat(pipeline.store.findings().of(SHOP))
                .extracting(OpenFinding::since)
                .containsExactly(since);
        assertThat(findings().getFirst().message()).endsWith("it still is");
    }

    @Test
    void drift_that_is_over_is_told_and_ends_its_plan() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var plan = proposed();

        servers.put("b", replicaOf(20_000));
        look();

        assertThat(findings()).isEmpty();
        assertThat(audited("drift.ended")).hasSize(1);
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(pipeline.plan(plan).reason())
                .hasValue("what it would mend is as it is recorded again");
    }

    @Test
    void other_drift_is_another_plan_that_takes_the_place_of_the_one_before() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var before = proposed();

        servers.put("a", edited(primary(), "pg_hba.conf"));
        lookTwice();

        assertThat(changes(proposed())).hasSize(2);
        assertThat(pipeline.plan(before).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(pipeline.plan(before).supersededBy()).hasValue(proposed().digest());
    }

    @Test
    void a_no_holds_as_long_as_the_drift_does_and_no_longer() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var plan = proposed();
        pipeline.later(Duration.ofMinutes(1));
        reject(plan);

        pipeline.later(Duration.ofMinutes(1));
        lookTwice();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.REJECTED);

        servers.put("b", replicaOf(20_000));
        look();
        pipeline.later(Duration.ofMinutes(1));
        servers.put("b", silent(State.STOPPED, "it died once more"));
        lookTwice();
        assertThat(proposed().digest()).isEqualTo(plan.digest());
    }

    @Test
    void who_asks_for_it_gets_a_plan_that_was_rejected_once_more() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var plan = proposed();
        reject(plan);

        assertThat(pipeline.reconciler.planOnceMore(SHOP)).isEmpty();

        assertThat(proposed().digest()).isEqualTo(plan.digest());
    }

    @Test
    void what_a_manifest_and_people_ask_for_waits_beside_it() throws Exception {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();

        pipeline.git.push(
                MANIFEST,
                TWO_SERVERS.replace(
                        "unique_name: b}",
                        "unique_name: b}\n" + "      - server: {unique_name: c}"));
        pipeline.poll();
        var speaker = Speaker.admin("ann", Channel.CLI);
        pipeline.reconciler.ask(SHOP, new Protect(group("postgresql/main"), true), speaker);
        lookTwice();

        assertThat(pipeline.plans(PlanState.PROPOSED)).hasSize(3);

        servers.put("b", replicaOf(20_000));
        look();

        assertThat(pipeline.plans(PlanState.PROPOSED))
                .hasSize(2)
                .noneMatch(it -> it.wanted().byDrift());
    }

    @Test
    void it_is_made_anew_when_the_record_has_moved() {
        servers.put("b", silent(State.STOPPED, "it died"));
        lookTwice();
        var before = proposed();
        var speaker = Speaker.admin("ann", Channel.CLI);
        pipeline.reconciler.ask(SHOP, new Protect(group("postgresql/main"), true), speaker);
        var asked =
                pipeline.plans(PlanState.PROPOSED).stream()
                        .filter(it -> it.asked().isPresent())
                        .findFirst()
                        .orElseThrow();

        pipeline.approve(asked);
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 2);
        assertThat(pipeline.plan(before).state()).isEqualTo(PlanState.SUPERSEDED);
        look();

        assertThat(proposed().plan().hasTheSameChangesAs(before.plan())).isTrue();
        assertThat(pipeline.plan(before).supersededBy()).hasValue(proposed().digest());
        assertThat(audited("drift.found")).hasSize(1);
    }

    @Test
    void what_is_seen_against_a_record_that_has_moved_since_counts_for_nothing() {
        servers.put("b", silent(State.STOPPED, "it died"));
        look();
        pipeline.later(Duration.ofMinutes(1));
        var stale = view();
        pipeline.reconciler.ask(
                SHOP,
                new Protect(group("postgresql/main"), true),
                Speaker.admin("ann", Channel.CLI));
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 2);

        pipeline.later(Duration.ofMinutes(1));
        pipeline.reconciler.seen(stale);
        look();

        assertThat(findings()).isEmpty();
        pipeline.later(Duration.ofMinutes(1));
        look();
        assertThat(findings()).hasSize(1);
    }

    @Test
    void what_was_planned_from_findings_that_are_over_meanwhile_is_not_proposed() {
        servers.put("b", edited(replicaOf(20_000), "postgresql.conf"));
        lookTwice();
        var plan = proposed().plan();
        var found = pipeline.store.findings().of(SHOP);
        servers.put("b", replicaOf(20_000));
        look();

        assertThat(pipeline.store.plans().repairAgain(plan, found)).isEqualTo(Proposal.STALE);
        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
    }

    @Test
    void what_is_mended_and_not_looked_at_again_yet_is_not_proposed_once_more() {
        servers.put("b", edited(replicaOf(20_000), "postgresql.conf"));
        lookTwice();
        pipeline.approve(proposed());
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 2);

        assertThat(pipeline.reconciler.planOnceMore(SHOP)).isEmpty();

        assertThat(pipeline.plans(PlanState.PROPOSED)).isEmpty();
    }

    private void lookTwice() {
        look();
        pipeline.later(Duration.ofMinutes(1));
        look();
    }

    private void look() {
        pipeline.reconciler.seen(view());
    }

    private Lookout.View view() {
        var seen =
                servers.entrySet().stream()
                        .map(it ->
                                new Lookout.Seen(
                                        new ServerKey(
                                                SHOP,
                                                group("postgresql/main"),
                                                new ServerName(it.getKey())),
                                        it.getKey().equals("b"),
                                        it.getValue()))
                        .toList();
        return new Lookout.View(pipeline.instant(), pipeline.store.records().all(), seen);
    }

    private void reject(StoredPlan plan) {
        pipeline.reconciler.reject(
                plan.digest().toString(), Speaker.admin("ada", Channel.CLI), "it is meant to be");
    }

    private List<Finding> findings() {
        return pipeline.store.findings().of(SHOP).stream().map(OpenFinding::finding).toList();
    }

    private StoredPlan proposed() {
        var plans =
                pipeline.plans(PlanState.PROPOSED).stream()
                        .filter(it -> it.wanted().byDrift())
                        .toList();
        assertThat(plans).hasSize(1);
        return plans.getFirst();
    }

    private static List<Change> changes(StoredPlan plan) {
        return plan.plan().changes().stream().map(PlannedChange::change).toList();
    }

    private List<String> audited(String what) {
        return pipeline.store.audit().after(0, 1000).stream()
                .filter(it -> it.what().equals(what))
                .map(AuditEntry::detail)
                .toList();
    }
}
