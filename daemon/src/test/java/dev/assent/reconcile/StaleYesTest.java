package dev.assent.reconcile;

import static dev.assent.plan.Given.group;
import static dev.assent.reconcile.Pipeline.MANIFEST;
import static dev.assent.reconcile.Pipeline.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.model.Endpoint;
import dev.assent.model.Secret;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Request;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.Adopt;
import dev.assent.state.Approval;
import dev.assent.state.Clearance;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.Start;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A yes holds for what was reviewed, and only as long as it is wanted: whatever happens in between
/// that could let an old one destroy data, or be used for something else.
class StaleYesTest {

    private static final Speaker ANN = Speaker.admin("ann", Channel.CLI);

    @TempDir Path folder;
    private Pipeline pipeline;

    /// The groups main and keep exist.
    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        pipeline.push("main", "keep");
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> pipeline.plans(PlanState.APPLIED).size() == 1);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void a_removal_that_was_thought_better_of_while_the_daemon_was_down_does_not_start()
            throws Exception {
        pipeline.destroyAfter(Duration.ofDays(1));
        var removal = approvedRemoval();
        pipeline.git.push(MANIFEST, Pipeline.manifest("main", "keep"));
        pipeline.later(Duration.ofDays(2));

        pipeline.restart();
        pipeline.reconciler.lookAfterPlans();
        pipeline.poll();
        pipeline.reconciler.lookAfterPlans();

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(pipeline.provider.calls()).doesNotContain("remove main");
    }

    @Test
    void a_removal_is_void_when_its_group_is_wanted_again_while_another_plan_is_applied()
            throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var removal = approvedRemoval();
        var running = running();

        pipeline.push("main", "keep");
        pipeline.store.plans().failed(running, "broken");

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void a_removal_is_void_when_its_manifest_goes_while_another_plan_is_applied() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var removal = approvedRemoval();
        var running = running();

        pipeline.git.remove(MANIFEST);
        pipeline.poll();
        pipeline.store.plans().failed(running, "broken");

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void a_removal_that_failed_is_not_resumed_when_its_group_is_wanted_again() throws Exception {
        var removal = failedRemoval();

        pipeline.push("main", "keep");

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.SUPERSEDED);
        assertThat(pipeline.reconciler.apply(removal.id(), "bob"))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_removal_that_failed_is_resumed_while_it_is_still_wanted() throws Exception {
        var removal = failedRemoval();
        pipeline.git.push(MANIFEST, "# Still so.\n" + Pipeline.manifest("keep"));
        pipeline.poll();

        pipeline.provider.mendServer("main");
        pipeline.reconciler.apply(removal.id(), "bob");

        await().until(() -> pipeline.plan(removal).state() == PlanState.APPLIED);
    }

    @Test
    void what_failed_and_nobody_resumed_expires() throws Exception {
        var removal = failedRemoval();

        pipeline.later(Duration.ofDays(8));
        pipeline.reconciler.lookAfterPlans();

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.EXPIRED);
    }

    @Test
    void a_removal_that_waited_and_nobody_started_expires() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        pipeline.destroyAfter(Duration.ofHours(1));
        var removal = approvedRemoval();

        pipeline.later(Duration.ofDays(7));
        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.APPROVED);
        pipeline.later(Duration.ofHours(2));
        pipeline.reconciler.lookAfterPlans();

        assertThat(pipeline.plan(removal).state()).isEqualTo(PlanState.EXPIRED);
    }

    @Test
    void a_request_that_is_being_applied_is_not_replaced_under_it() {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var spare = ask(add("postgresql/spare"));
        pipeline.approve(spare);
        pipeline.store.plans().start(spare.digest(), "ada", _ -> new Clearance.Clear());

        pipeline.store.plans().replaced(spare.digest(), "it can no longer be", Optional.empty());

        assertThat(pipeline.plan(spare).state()).isEqualTo(PlanState.APPLYING);
    }

    @Test
    void a_server_is_adopted_with_what_was_checked_for_that_very_plan() {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        var first = adopt("10.0.0.1", "first", "one");
        pipeline.approve(first);
        var second = adopt("10.0.0.2", "second", "two");
        var same = adopt("10.0.0.1", "first", "three");
        pipeline.reconciler.reject(second.id(), Speaker.admin("bob", Channel.CLI), "no");

        pipeline.reconciler.apply(first.id(), "ada");

        await().until(() -> pipeline.plan(first).state() == PlanState.APPLIED);
        assertThat(same.digest()).isEqualTo(first.digest());
        var credentials = pipeline.store.credentials().get(SHOP, group("postgresql/old"));
        assertThat(credentials.orElseThrow().username()).isEqualTo("first");
        assertThat(credentials.orElseThrow().password()).isEqualTo(Secret.of("one"));
    }

    @Test
    void an_adoption_that_is_planned_anew_keeps_its_password() throws Exception {
        var adoption = adopt("10.0.0.1", "first", "one");
        pipeline.approve(ask(add("postgresql/spare")));
        await().until(() -> pipeline.plan(adoption).state() == PlanState.SUPERSEDED);
        await().until(() -> pipeline.plans(PlanState.PROPOSED).size() == 1);

        var anew = pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());

        await().until(() -> pipeline.plan(anew).state() == PlanState.APPLIED);
        var credentials = pipeline.store.credentials().get(SHOP, group("postgresql/old"));
        assertThat(credentials.orElseThrow().password()).isEqualTo(Secret.of("one"));
    }

    private StoredPlan approvedRemoval() throws Exception {
        pipeline.push("keep");
        return pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst(), "postgresql/main");
    }

    private StoredPlan failedRemoval() throws Exception {
        pipeline.provider.breakServer("main");
        var removal = approvedRemoval();
        await().until(() -> pipeline.plan(removal).state() == PlanState.FAILED);
        return removal;
    }

    /// Another plan of the application, which is being applied.
    private Approval running() {
        var spare = ask(add("postgresql/spare"));
        pipeline.approve(spare);
        return ((Start.Started)
                        pipeline.store
                                .plans()
                                .start(spare.digest(), "ada", _ -> new Clearance.Clear()))
                .approval();
    }

    private StoredPlan adopt(String host, String user, String password) {
        var request =
                new Adopt(
                        group("postgresql/old"),
                        Specification.of(Variant.POSTGRESQL).pinned(new Version("16.3")),
                        Optional.empty(),
                        new Endpoint(host, 5432),
                        user,
                        "shop");
        return decided(
                pipeline.reconciler.ask(SHOP, request, Optional.of(Secret.of(password)), ANN));
    }

    private StoredPlan ask(Request request) {
        return decided(pipeline.reconciler.ask(SHOP, request, ANN));
    }

    private static StoredPlan decided(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Decided.class);
        return ((Decision.Decided) decision).plan();
    }

    private static AddGroup add(String name) {
        return new AddGroup(group(name), Optional.empty(), Optional.empty());
    }
}
