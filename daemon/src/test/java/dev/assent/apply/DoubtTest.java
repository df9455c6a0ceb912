package dev.assent.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.provider.Settled;
import dev.assent.state.Approval;
import dev.assent.state.AuditEntry;
import dev.assent.state.JournalEntry;
import dev.assent.state.JournalEntry.Event;
import dev.assent.state.PlanState;
import dev.assent.state.Resolution;
import dev.assent.state.Start;
import dev.assent.state.StepStanding;
import dev.assent.state.StepState;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Steps of which nobody but a person can tell what became of them.
class DoubtTest {

    @TempDir Path folder;
    private Workshop workshop;
    private Approval approval;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
        approval = workshop.create(Workshop.SHOP, "a", "b");
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /// Another server stands in the place of the second one when the next daemon takes the plan up.
    private void stumble(boolean fits) {
        workshop.provider.occupy("b", fits);
        workshop.store.journal().started(approval, "c1.1", "build server a of postgresql/main");
        workshop.takeUp(approval.digest());
    }

    @Test
    void a_plan_stands_still_where_another_server_is_and_its_application_stays_busy() {
        stumble(true);

        var plan = workshop.plan(approval);
        assertThat(plan.state()).isEqualTo(PlanState.NEEDS_DECISION);
        assertThat(plan.reason().orElseThrow())
                .contains("step c1.2 (build server b of postgresql/main)", "another server");
        assertThat(workshop.provider.calls()).containsExactly("build a");
        assertThat(workshop.store.journal().standings(plan.digest()))
                .extracting(StepStanding::step, StepStanding::state)
                .containsExactly(tuple("c1.1", StepState.DONE), tuple("c1.2", StepState.UNKNOWN));
        assertThat(workshop.store.audit().newest(Optional.of(Workshop.SHOP), 1))
                .extracting(AuditEntry::what)
                .containsExactly("plan.needs-decision");
        assertThat(workshop.store.plans().takeUp(plan.digest())).isEmpty();
    }

    @Test
    void what_is_there_counts_as_done_where_it_fits() {
        stumble(true);

        var standing = workshop.store.plans().standing(approval.digest()).orElseThrow();
        assertThat(workshop.doubts().of(standing).orElseThrow().evidence())
                .isEqualTo("another server is there already");
        assertThat(workshop.doubts().adopt(standing, "c1.2")).isEmpty();
        resolve(Resolution.ADOPT);

        assertThat(workshop.plan(approval).state()).isEqualTo(PlanState.APPLIED);
        assertThat(workshop.provider.calls()).containsExactly("build a");
        assertThat(workshop.servers(Workshop.SHOP)).containsExactly("a", "b");
    }

    @Test
    void what_is_there_does_not_count_as_done_where_it_does_not_fit() {
        stumble(false);

        var standing = workshop.store.plans().standing(approval.digest()).orElseThrow();
        assertThat(workshop.doubts().adopt(standing, "c1.2").orElseThrow())
                .contains("not what was ordered");
        assertThat(workshop.provider.isOccupied("b")).isTrue();
    }

    @Test
    void the_step_is_done_again_once_nothing_is_in_its_way() {
        stumble(false);

        resolve(Resolution.RETRY);
        assertThat(workshop.plan(approval).state()).isEqualTo(PlanState.NEEDS_DECISION);

        workshop.provider.vacate("b");
        resolve(Resolution.RETRY);

        assertThat(workshop.plan(approval).state()).isEqualTo(PlanState.APPLIED);
        assertThat(workshop.provider.calls()).containsExactly("build a", "build b");
    }

    @Test
    void a_step_that_was_given_up_fails_its_plan_and_somebody_elses_server_stays() {
        stumble(false);

        resolve(Resolution.FAILED);

        var plan = workshop.plan(approval);
        assertThat(plan.state()).isEqualTo(PlanState.FAILED);
        assertThat(plan.reason()).contains("build server b of postgresql/main failed, as ada said");
        assertThat(workshop.provider.calls()).containsExactly("build a", "remove a");
        assertThat(workshop.provider.isOccupied("b")).isTrue();
    }

    @Test
    void it_is_the_step_in_doubt_that_is_decided_on_and_once() {
        stumble(true);

        assertThat(refusal("c1.1"))
                .contains("it is not step c1.1 of " + approval.digest().id(), "but c1.2");
        resolve(Resolution.FAILED);
        assertThat(refusal("c1.2")).contains("is failed, and waits for no decision");
    }

    @Test
    void a_provider_that_cannot_be_asked_is_asked_again_and_a_person_only_after_a_while() {
        workshop.provider.hide("a", true);
        workshop.store.journal().started(approval, "c1.1", "build server a of postgresql/main");

        workshop.takeUp(approval.digest());

        assertThat(workshop.provider.probes()).isGreaterThan(2);
        assertThat(workshop.plan(approval).reason().orElseThrow())
                .contains("its provider could not tell", "nobody answers there");
        assertThat(workshop.store.journal().entries(approval.digest(), 0))
                .filteredOn(it -> it.event() == Event.PROGRESS)
                .extracting(JournalEntry::message)
                .containsOnlyOnce(
                        "its provider cannot tell how it ended, and is asked again: shop/production/postgresql/main/a: nobody answers there");

        workshop.provider.hide("a", false);
        resolve(Resolution.RETRY);
        assertThat(workshop.plan(approval).state()).isEqualTo(PlanState.APPLIED);
    }

    @Test
    void what_is_half_done_is_gone_on_with_and_the_journal_says_what_was_seen() {
        workshop.provider.settle("a", new Settled.Repeatable("it is half built"));
        workshop.store.journal().started(approval, "c1.1", "build server a of postgresql/main");

        workshop.takeUp(approval.digest());

        assertThat(workshop.plan(approval).state()).isEqualTo(PlanState.APPLIED);
        assertThat(workshop.store.journal().entries(approval.digest(), 0))
                .filteredOn(it -> it.event() == Event.UNKNOWN)
                .extracting(JournalEntry::message)
                .containsExactly("it was interrupted; its provider says: it is half built");
    }

    @Test
    void whoever_applied_the_plan_before_can_write_no_more() {
        stumble(true);

        assertThatThrownBy(() -> workshop.store.journal().done(approval, "c1.2", "late"))
                .hasMessageContaining("is no longer being applied by attempt 1");
    }

    private void resolve(Resolution resolution) {
        workshop.apply(
                Workshop.started(
                        workshop.store
                                .plans()
                                .resolve(approval.digest(), step(), resolution, "ada")));
    }

    private String step() {
        return workshop.store.journal().standings(approval.digest()).stream()
                .filter(it -> it.state() == StepState.UNKNOWN)
                .findFirst()
                .orElseThrow()
                .step();
    }

    private String refusal(String step) {
        return switch (workshop.store
                .plans()
                .resolve(approval.digest(), step, Resolution.RETRY, "ada")) {
            case Start.Started _ -> throw new AssertionError("it goes on");
            case Start.Refused(var why) -> why;
        };
    }
}
