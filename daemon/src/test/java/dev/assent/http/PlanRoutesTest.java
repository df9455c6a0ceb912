package dev.assent.http;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.approval.Channel;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.plan.Planner;
import dev.assent.plan.render.Estimate;
import dev.assent.plan.render.Estimates;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRoutesTest {

    @TempDir Path runFolder;
    private Door door;
    private StoredPlan plan;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        plan = FakeDesk.waiting();
        door.desk.plans.add(plan);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void the_list_shows_what_waits_and_everything_only_when_asked() throws Exception {
        var ended =
                FakeDesk.stored(
                        Planner.plan(
                                desired(declared("postgresql/other").servers("pg-9")),
                                recorded(0),
                                CATALOGUE,
                                Optional.empty()),
                        PlanState.APPLIED);
        door.desk.plans.add(ended);

        var open = Door.json(door.get("/api/v1/plans")).path("plans");
        var all = Door.json(door.get("/api/v1/plans?all=true")).path("plans");
        var elsewhere = Door.json(door.get("/api/v1/plans?application=blog")).path("plans");

        assertThat(open.findValuesAsString("id")).containsExactly(plan.id());
        assertThat(open.path(0).path("destroys").path(0).asString()).isEqualTo("postgresql/legacy");
        assertThat(open.path(0).path("state").asString()).isEqualTo("proposed");
        assertThat(open.path(0).path("proposedAt").asString()).isEqualTo("2026-11-23T11:57:00Z");
        assertThat(all.findValuesAsString("id")).containsExactly(plan.id(), ended.id());
        assertThat(elsewhere.size()).isZero();
    }

    @Test
    void a_plan_comes_whole_and_reads_back_as_the_very_same() throws Exception {
        var byId = door.get("/api/v1/plans/" + plan.id());
        var byDigest = door.get("/api/v1/plans/" + plan.digest());

        assertThat(StoredPlanJson.read(Door.json(byId))).isEqualTo(plan);
        assertThat(byDigest.body()).isEqualTo(byId.body());
    }

    @Test
    void a_plan_that_is_not_there_and_a_text_that_is_no_id_are_told_apart() throws Exception {
        var unknown = door.get("/api/v1/plans/p-00000000");
        var nonsense = door.get("/api/v1/plans/latest");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Door.error(unknown)).isEqualTo("there is no plan `p-00000000`");
        assertThat(nonsense.statusCode()).isEqualTo(400);
    }

    @Test
    void a_short_id_of_several_plans_is_refused() throws Exception {
        door.desk.plans.add(plan);

        var answer = door.get("/api/v1/plans/" + plan.id());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Door.error(answer)).isEqualTo(plan.id() + " fits several plans");
    }

    @Test
    void a_yes_is_passed_on_as_it_was_said() throws Exception {
        var body =
                """
                {"digest": "%s", "destroy": ["postgresql/legacy"], "hold": true}\
                """
                        .formatted(plan.digest());

        var answer =
                door.post("/api/v1/plans/" + plan.id() + "/approve", body, "Assent-User", "ada");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Door.json(answer).path("state").asString()).isEqualTo("approved");
        assertThat(door.desk.yeses)
                .singleElement()
                .satisfies(yes -> {
                    assertThat(yes.plan()).isEqualTo(plan.digest().toString());
                    assertThat(yes.consent().digest()).hasValue(plan.digest());
                    assertThat(yes.consent().destroy()).containsExactly(group("postgresql/legacy"));
                    assertThat(yes.consent().hold()).isTrue();
                    assertThat(yes.speaker().who()).isEqualTo("ada");
                    assertThat(yes.speaker().channel()).isEqualTo(Channel.API);
                });
    }

    @Test
    void a_plain_yes_agrees_to_no_destruction_and_comes_from_the_admin() throws Exception {
        door.post("/api/v1/plans/" + plan.id() + "/approve", "{\"hold\": false}");

        assertThat(door.desk.yeses)
                .singleElement()
                .satisfies(yes -> {
                    assertThat(yes.consent().destroy()).isEmpty();
                    assertThat(yes.consent().hold()).isFalse();
                    assertThat(yes.consent().digest()).isEmpty();
                    assertThat(yes.speaker().who()).isEqualTo("admin");
                });
    }

    @Test
    void what_the_domain_refuses_is_a_conflict_with_its_sentence() throws Exception {
        door.desk.move(plan, PlanState.APPLIED, "");

        var answer = door.post("/api/v1/plans/" + plan.id() + "/approve", "{}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Door.error(answer)).isEqualTo(plan.id() + " is applied already");
    }

    @Test
    void a_malformed_yes_never_reaches_the_desk() throws Exception {
        var path = "/api/v1/plans/" + plan.id() + "/approve";

        assertThat(door.post(path, "{\"digest\": \"sha256:1\"}").statusCode()).isEqualTo(400);
        assertThat(door.post(path, "{\"destroy\": [\"legacy\"]}").statusCode()).isEqualTo(400);
        assertThat(door.post(path, "{\"destroy\": \"postgresql/legacy\"}").statusCode())
                .isEqualTo(400);
        assertThat(door.post(path, "{}", "Assent-User", "a b").statusCode()).isEqualTo(400);
        assertThat(door.desk.yeses).isEmpty();
    }

    @Test
    void a_no_needs_a_reason() throws Exception {
        var path = "/api/v1/plans/" + plan.id() + "/reject";

        assertThat(door.post(path, "{}").statusCode()).isEqualTo(400);
        assertThat(door.desk.asked).isEmpty();

        var answer = door.post(path, "{\"reason\": \"too large\"}");

        assertThat(Door.json(answer).path("state").asString()).isEqualTo("rejected");
        assertThat(Door.json(answer).path("reason").asString()).isEqualTo("too large");
        assertThat(door.desk.asked).containsExactly("reject by admin over api");
    }

    @Test
    void apply_starts_what_is_approved_and_nothing_else() throws Exception {
        var path = "/api/v1/plans/" + plan.id() + "/apply";

        var early = door.post(path, "");
        door.desk.move(plan, PlanState.APPROVED, "");
        var started = door.post(path, "");

        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(Door.json(started).path("state").asString()).isEqualTo("applying");
    }

    @Test
    void how_long_changes_will_take_stands_beside_the_plan_where_that_is_known() throws Exception {
        var estimates = Estimates.of(Map.of("c1", new Estimate(1_880, 3)));

        var without = Door.json(door.get("/api/v1/plans/" + plan.id()));
        door.desk.estimates = estimates;
        var with = Door.json(door.get("/api/v1/plans/" + plan.id()));

        assertThat(without.has("estimates")).isFalse();
        assertThat(with.path("estimates").path("c1").path("milliseconds").asInt()).isEqualTo(1_880);
        assertThat(StoredPlanJson.estimates(with)).isEqualTo(estimates);
        assertThat(StoredPlanJson.estimates(without)).isEqualTo(Estimates.NONE);
        assertThat(StoredPlanJson.read(with)).isEqualTo(plan);
    }
}
