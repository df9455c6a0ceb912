package dev.assent.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ServerName;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.state.Approval;
import dev.assent.state.Clearance;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans that are asked to stop while they are being applied.
class StoppingTest {

    @TempDir Path folder;
    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void a_plan_stops_after_the_step_that_it_is_at_and_what_is_half_done_of_its_change_is_undone() {
        var approval = workshop.create(Workshop.SHOP, "a", "b");
        cancelAtTheFirstCall(approval);

        workshop.apply(approval);

        var plan = workshop.plan(approval);
        assertThat(plan.state()).isEqualTo(PlanState.FAILED);
        assertThat(plan.reason())
                .contains(
                        "cancelled by ada after step c1.1; resume it (assent apply %1$s) or reject it (assent reject %1$s)"
                                .formatted(plan.id()));
        assertThat(workshop.provider.calls()).containsExactly("build a", "remove a");
        assertThat(workshop.servers(Workshop.SHOP)).isEmpty();

        workshop.provider.whenTouched(() -> {});
        var again = workshop.store.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear());
        workshop.apply(Workshop.started(again));

        assertThat(workshop.plan(approval).state()).isEqualTo(PlanState.APPLIED);
        assertThat(workshop.servers(Workshop.SHOP)).containsExactly("a", "b");
    }

    @Test
    void what_was_built_and_cannot_be_removed_again_is_said_with_the_plan() {
        var approval = workshop.create(Workshop.SHOP, "a", "b");
        workshop.provider.whenTouched(() -> {
            workshop.store.plans().cancel(approval.digest(), "ada");
            if (workshop.provider.servers().contains("a")) workshop.provider.breakServer("a");
        });

        workshop.apply(approval);

        assertThat(workshop.provider.servers()).containsExactly("a");
        var plan = workshop.plan(approval);
        assertThat(plan.reason().orElseThrow())
                .contains("; what c1 had built is left behind: ")
                .endsWith(
                        "to have it taken up again, resume the plan (assent apply %s)"
                                .formatted(plan.id()));
    }

    @Test
    void a_promotion_does_not_stop_until_somebody_is_primary_again() {
        workshop.apply(workshop.create(Workshop.SHOP, "a", "b"));
        var approval =
                workshop.approved(
                        Workshop.SHOP,
                        new PromoteServer(
                                Workshop.MAIN, new ServerName("b"), new ServerName("a"), false));
        cancelAtTheFirstCall(approval);

        workshop.apply(approval);

        assertThat(workshop.provider.calls()).endsWith("fence a for b", "promote b");
        assertThat(workshop.servers(Workshop.SHOP)).containsExactly("b", "a");
        assertThat(workshop.plan(approval).reason().orElseThrow())
                .startsWith("cancelled by ada after step c1.3");
    }

    @Test
    void what_is_not_being_applied_cannot_be_stopped() {
        var approval = workshop.create(Workshop.SHOP, "a");
        workshop.apply(approval);

        assertThat(workshop.store.plans().cancel(approval.digest(), "ada"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        it -> assertThat(it.why()).contains("was applied already"));

        workshop.provider.breakServer("b");
        var failed = workshop.create(Workshop.SHOP, "a", "b");
        workshop.apply(failed);

        assertThat(workshop.store.plans().cancel(failed.digest(), "ada"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        it ->
                                assertThat(it.why())
                                        .isEqualTo(
                                                "%1$s is not being applied, so there is nothing to stop; to withdraw it: assent reject %1$s --reason '…'"
                                                        .formatted(failed.digest().id())));
    }

    private void cancelAtTheFirstCall(Approval approval) {
        workshop.provider.whenTouched(
                () -> workshop.store.plans().cancel(approval.digest(), "ada"));
    }
}
