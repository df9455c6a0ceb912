package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.state.Clearance;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliesTest {

    @TempDir Path folder;
    private Pipeline pipeline;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
    }

    @AfterEach
    void close() throws Exception {
        pipeline.close();
    }

    @Test
    void a_plan_whose_outcome_cannot_be_written_goes_on_by_itself_when_it_can() throws Exception {
        record(
                """
                CREATE TRIGGER no_room BEFORE INSERT ON journal
                BEGIN
                    SELECT RAISE(ABORT, 'the disk is full');
                END\
                """);
        pipeline.push("main");
        var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
        pipeline.approve(plan);
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLYING);
        assertThat(pipeline.store.journal().entries(plan.digest(), 0)).isEmpty();

        record("DROP TRIGGER no_room");

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
        assertThat(pipeline.provider.calls()).containsExactly("build main");
    }

    @Test
    void a_plan_goes_on_by_itself_after_what_nobody_has_thought_of() throws Exception {
        var plan = approvedAndNotBegun();
        pipeline.settings.broken = true;
        pipeline.reconciler.apply(plan.digest().toString(), "ada");
        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLYING);

        pipeline.settings.broken = false;

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    @Test
    void a_plan_that_nobody_is_at_is_gone_on_with() throws Exception {
        var plan = approvedAndNotBegun();
        // Whoever started it never learnt that this was written.
        var _ = pipeline.store.plans().start(plan.digest(), "ada", _ -> new Clearance.Clear());

        pipeline.reconciler.lookAfterPlans();
        assertThat(pipeline.plan(plan).state()).isEqualTo(PlanState.APPLYING);
        pipeline.reconciler.lookAfterPlans();

        await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
    }

    private StoredPlan approvedAndNotBegun() throws Exception {
        pipeline.settings.beginning = Beginning.ON_COMMAND;
        pipeline.push("main");
        return pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
    }

    private void record(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:"
                                        + folder.resolve("assent.db")
                                        + "?busy_timeout=10000");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
