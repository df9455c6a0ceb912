package dev.assent.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.ServerName;
import dev.assent.observation.Observation;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.state.Approval;
import dev.assent.state.JournalEntry;
import dev.assent.state.JournalEntry.Event;
import dev.assent.state.PlanState;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that dies at each place of an apply in turn: after each write to the record, and before
/// and after each call of the workshop.provider. The next one takes the plan up.
class AfterCrashTest {

    /// More than any of these applies has places.
    private static final int ENOUGH = 100;

    /// The end of the process: nothing catches it.
    private static final class Death extends Error {

        private static final long serialVersionUID = 1;
    }

    @TempDir Path folder;

    private Workshop workshop;
    private int places;

    @BeforeEach
    void open() {
        places = Integer.MAX_VALUE;
        workshop = new Workshop(folder, this::seen);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private void seen(Observation observation) {
        switch (observation) {
            case Observation.StoreUsed it when it.use() == Observation.Use.WRITE -> pass();
            case Observation.Stepped _ -> pass();
            default -> {}
        }
    }

    private void pass() {
        if (places-- == 0) throw new Death();
    }

    @Test
    void servers_are_built_once_wherever_the_daemon_dies() {
        var deaths =
                everywhere(
                        app -> workshop.create(app, "a", "b"),
                        app -> {
                            assertThat(workshop.provider.calls())
                                    .containsExactly("build a", "build b");
                            assertThat(workshop.servers(app)).containsExactly("a", "b");
                        });

        assertThat(deaths).isGreaterThan(12);
    }

    @Test
    void servers_are_removed_once_and_leave_the_record_wherever_the_daemon_dies() {
        var deaths =
                everywhere(
                        app -> {
                            workshop.apply(workshop.create(app, "a", "b"));
                            return workshop.approved(
                                    app,
                                    new RemoveGroup(
                                            Workshop.MAIN,
                                            List.of(new ServerName("a"), new ServerName("b"))));
                        },
                        app -> {
                            assertThat(workshop.provider.calls())
                                    .containsExactly("build a", "build b", "remove b", "remove a");
                            assertThat(workshop.servers(app)).isEmpty();
                        });

        assertThat(deaths).isGreaterThan(12);
    }

    @Test
    void a_promotion_is_carried_through_and_nothing_of_it_twice_wherever_the_daemon_dies() {
        var deaths =
                everywhere(
                        app -> {
                            workshop.apply(workshop.create(app, "a", "b"));
                            return workshop.approved(
                                    app,
                                    new PromoteServer(
                                            Workshop.MAIN,
                                            new ServerName("b"),
                                            new ServerName("a"),
                                            false));
                        },
                        app -> {
                            assertThat(new HashSet<>(workshop.provider.calls()))
                                    .hasSameSizeAs(workshop.provider.calls())
                                    .containsExactlyInAnyOrder(
                                            "build a",
                                            "build b",
                                            "fence a for b",
                                            "promote b",
                                            "follow a from b");
                            assertThat(workshop.servers(app)).containsExactly("b", "a");
                        });

        assertThat(deaths).isGreaterThan(12);
    }

    /// The second server cannot be built, so the first is undone. The cause is mended in time for
    /// the next daemon, or is not.
    @Test
    void no_server_is_left_without_a_record_when_the_daemon_dies_while_it_undoes_a_failed_change() {
        for (var place = 0; place < ENOUGH; place++) {
            workshop.provider = new ScriptedProvider();
            workshop.provider.whenTouched(this::pass);
            var app = new ApplicationName("undo-" + place, "production");
            var approval = workshop.create(app, "a", "b");
            workshop.provider.breakServer("b");
            places = place;
            var died = dies(approval);
            places = Integer.MAX_VALUE;
            if (place % 2 == 0) workshop.provider.mendServer("b");

            if (died) workshop.takeUp(approval.digest());

            var state = state(approval);
            assertThat(state).isIn(PlanState.APPLIED, PlanState.FAILED);
            assertThat(workshop.provider.servers())
                    .as("%s at place %d", state, place)
                    .containsExactlyInAnyOrderElementsOf(workshop.servers(app));
            if (!died) return;
        }
        throw new AssertionError("it never came to its end");
    }

    /// Has the daemon die at each place in turn.
    ///
    /// @return how many there were
    private int everywhere(
            Function<ApplicationName, Approval> prepare, Consumer<ApplicationName> check) {
        for (var place = 0; place < ENOUGH; place++) {
            workshop.provider = new ScriptedProvider();
            workshop.provider.whenTouched(this::pass);
            var app = new ApplicationName("shop-" + place, "production");
            var approval = prepare.apply(app);
            places = place;
            var died = dies(approval);
            places = Integer.MAX_VALUE;
            if (died && state(approval) == PlanState.APPLYING) {
                workshop.takeUp(approval.digest());
            }

            assertThat(state(approval)).as("place %d", place).isEqualTo(PlanState.APPLIED);
            check.accept(app);
            assertThat(doneSteps(approval)).doesNotHaveDuplicates();
            if (!died) return place;
        }
        throw new AssertionError("it never came to its end");
    }

    private List<String> doneSteps(Approval approval) {
        return workshop.store.journal().entries(approval.digest(), 0).stream()
                .filter(it -> it.event() == Event.DONE)
                .map(JournalEntry::step)
                .toList();
    }

    private boolean dies(Approval approval) {
        try {
            workshop.apply(approval);
            return false;
        } catch (Death _) {
            return true;
        }
    }

    private PlanState state(Approval approval) {
        return workshop.plan(approval).state();
    }
}
