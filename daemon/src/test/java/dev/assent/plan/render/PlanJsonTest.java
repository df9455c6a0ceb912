package dev.assent.plan.render;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.nothing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assent.model.Recorded.Origin;
import dev.assent.plan.Change;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PlanJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// One of each kind of change, and notices with and without a place.
    private static final Plan PLAN =
            Planner.plan(
                    desired(
                            declared("postgresql/main").version("17").servers("a", "c"),
                            declared("postgresql/new")
                                    .setting("encoding", "UTF8")
                                    .servers("pg-1", "pg-2"),
                            declared("redis/cache").servers("r")),
                    recorded(
                            3,
                            existing("postgresql/main").servers("a", "b"),
                            existing("postgresql/legacy"),
                            existing("postgresql/asked").origin(Origin.REQUEST)),
                    CATALOGUE,
                    Optional.of("0123abcd"));

    @Test
    void what_is_written_is_what_is_read() {
        var json = MAPPER.readTree(PlanJson.write(PLAN).toString());

        assertThat(PlanJson.read(json)).isEqualTo(PLAN);
    }

    @Test
    void the_sample_has_every_kind_of_change() {
        var kinds = PLAN.changes().stream().map(it -> it.change().getClass().getName());
        var all = Arrays.stream(Change.class.getPermittedSubclasses()).map(Class::getName);

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(all.toList());
    }

    @Test
    void what_is_written_is_what_the_schema_describes() {
        assertThat(schema().validate(PlanJson.write(PLAN).toString(), InputFormat.JSON)).isEmpty();
        var empty = Planner.plan(desired(), nothing(), CATALOGUE, Optional.empty());
        assertThat(schema().validate(PlanJson.write(empty).toString(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void the_schema_knows_every_notice_and_refuses_what_is_no_plan() {
        var codes = Arrays.stream(Notice.Code.values()).map(Notice.Code::word).toList();
        assertThat(MAPPER.readTree(stream()).at("/$defs/notice/properties/code/enum").valueStream())
                .extracting(it -> it.asString())
                .containsExactlyElementsOf(codes);

        var unknown = PlanJson.write(PLAN);
        ((ObjectNode) unknown.at("/changes/0")).put("surprise", true);
        assertThat(schema().validate(unknown.toString(), InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void a_plan_whose_changes_were_altered_is_not_read() {
        var json = (ObjectNode) MAPPER.readTree(PlanJson.write(PLAN).toString());
        ((ObjectNode) json.at("/changes/0/server")).put("name", "other");

        assertThatThrownBy(() -> PlanJson.read(json))
                .hasMessage("the changes of plan " + PLAN.id() + " do not have its digest");
    }

    @Test
    void the_digest_is_stable_over_releases() {
        var plan =
                Planner.plan(
                        desired(declared("postgresql/main").servers("pg-1")),
                        nothing(),
                        CATALOGUE,
                        Optional.empty());

        assertThat(plan.digest().toString())
                .isEqualTo(
                        "sha256:94992bd1d4af0f69d6e641da8beb75e0720963c4c4a6cb9a6f2afc1075cec0dd");
    }

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(stream(), InputFormat.JSON);
    }

    private static InputStream stream() {
        return Objects.requireNonNull(
                PlanJsonTest.class.getResourceAsStream("/schema/plan.schema.json"));
    }
}
