package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.assent.manifest.ManifestReader;
import dev.assent.reconcile.account.Fact;
import dev.assent.source.GitSource;
import dev.assent.source.Watched;
import dev.assent.state.AuditEntry;
import dev.assent.state.Decision;
import dev.assent.state.JournalEntry;
import dev.assent.state.PlanState;
import dev.assent.state.Resolution;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans that are under way, in the whole pipeline: one stands still, one is to stop, and a daemon
/// ends while it is at one.
class ResolutionsTest {

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

    private StoredPlan approved(String... groups) throws Exception {
        pipeline.push(groups);
        return pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
    }

    private void awaitState(StoredPlan plan, PlanState state) {
        await().until(() -> pipeline.plan(plan).state() == state);
    }

    @Test
    void a_plan_that_stands_still_is_told_of_and_goes_on_when_somebody_has_decided()
            throws Exception {
        pipeline.provider.occupy("main", false);
        var plan = approved("main");
        awaitState(plan, PlanState.NEEDS_DECISION);

        var doubt = pipeline.reconciler.doubt(pipeline.plan(plan)).orElseThrow();
        assertThat(doubt.step()).isEqualTo("c1.1");
        assertThat(doubt.evidence()).isEqualTo("another server is there already");
        assertThat(inquiry().why(Pipeline.SHOP, Optional.empty()).facts())
                .filteredOn(it -> it.code() == Fact.Code.PLAN_NEEDS_DECISION)
                .flatExtracting(Fact::steps)
                .containsExactly("assent resolve " + plan.id());
        assertThat(resolve(plan, Resolution.ADOPT))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        it ->
                                assertThat(it.why())
                                        .startsWith("step c1.1 of " + plan.id())
                                        .contains("cannot count as done", "not what was ordered"));
        // Another start of the daemon changes nothing of that.
        pipeline.restart();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.NEEDS_DECISION);

        pipeline.provider.vacate("main");
        assertThat(resolve(plan, Resolution.RETRY)).isInstanceOf(Decision.Decided.class);

        awaitState(plan, PlanState.APPLIED);
        assertThat(pipeline.provider.calls()).containsExactly("build main");
        assertThat(pipeline.store.audit().newest(Optional.of(Pipeline.SHOP), 10))
                .filteredOn(it -> it.what().equals("plan.resolved"))
                .extracting(AuditEntry::who, AuditEntry::detail)
                .containsExactly(tuple("bob", "c1.1: retry, attempt 2"));
    }

    @Test
    void a_plan_that_is_to_stop_stops_after_its_step_and_can_be_resumed() throws Exception {
        var entered = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        holdFirstCall(entered, released);
        var plan = approved("main");
        entered.await();

        assertThat(pipeline.reconciler.cancel(plan.id(), "bob"))
                .isInstanceOf(Decision.Decided.class);
        released.countDown();

        awaitState(plan, PlanState.FAILED);
        assertThat(pipeline.plan(plan).reason().orElseThrow())
                .startsWith("cancelled by bob after step c1.1");
        assertThat(pipeline.provider.servers()).isEmpty();

        pipeline.reconciler.apply(plan.id(), "bob");
        awaitState(plan, PlanState.APPLIED);
    }

    @Test
    void a_daemon_that_ends_lets_the_running_step_end_and_the_next_one_does_the_rest()
            throws Exception {
        var entered = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        holdFirstCall(entered, released);
        var plan = approved("main");
        entered.await();

        var ending = Thread.ofVirtual().start(pipeline.reconciler::close);
        released.countDown();
        ending.join();

        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPLYING);
        assertThat(pipeline.store.journal().entries(plan.digest(), 0))
                .extracting(it -> it.step() + " " + it.event().word())
                .endsWith("c1.1 done");

        pipeline.restart();
        awaitState(plan, PlanState.APPLIED);
        assertThat(pipeline.provider.calls()).containsExactly("build main");
        assertThat(pipeline.store.journal().entries(plan.digest(), 0))
                .filteredOn(it -> it.event() == JournalEntry.Event.STARTED)
                .hasSize(2);
    }

    private Inquiry inquiry() {
        var manifests = new ManifestReader(System::nanoTime);
        var declarations =
                new Declarations(
                        pipeline.store,
                        new GitSource(folder.resolve("mirrors")),
                        manifests,
                        Watched.only(List.of(pipeline.repository())));
        return new Inquiry(pipeline.store, declarations, manifests, pipeline.settings);
    }

    private void holdFirstCall(CountDownLatch entered, CountDownLatch released) {
        pipeline.provider.whenTouched(() -> {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Decision resolve(StoredPlan plan, Resolution resolution) {
        return pipeline.reconciler.resolve(plan.id(), "c1.1", resolution, "bob");
    }
}
