package dev.assent.plan.render;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.nothing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assent.model.Backups;
import dev.assent.model.Endpoint;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.Repair;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Effect;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Planner;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PlanJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// One of each kind of change, and notices with and without a place.
    private static final Plan PLAN = everything();

    private static Plan everything() {
        var nightly = new Backups("0 3 * * *", 7, Backups.Kind.TEXT, true, List.of("a"), false);
        var planned =
                Planner.plan(
                        desired(
                                declared("postgresql/main")
                                        .version("17")
                                        .servers("a", "c")
                                        .backups(Optional.of(nightly)),
                                declared("postgresql/new")
                                        .setting("encoding", "UTF8")
                                        .servers("pg-1")
                                        .primary()
                                        .version("16")
                                        .follows("main"),
                                declared("postgresql/copy").followsNone(),
                                declared("postgresql/tuned").setting("tamper_with_yml", "false"),
                                declared("redis/cache").servers("r")),
                        recorded(
                                3,
                                existing("postgresql/main").servers("a", "b").primary(),
                                existing("postgresql/copy").follows("other"),
                                existing("postgresql/tuned"),
                                existing("postgresql/legacy"),
                                existing("postgresql/asked").origin(Origin.REQUEST)),
                        CATALOGUE,
                        Optional.of("0123abcd"));
        var group = group("postgresql/asked");
        var replica = new ServerName("replica");
        var asked =
                List.<Change>of(
                        new SetProtection(group, true),
                        new ReleaseGroup(group, List.of(new ServerName("old"))),
                        new AdoptGroup(
                                group,
                                Specification.of(Variant.POSTGRESQL).pinned(new Version("16.1")),
                                new ServerName("old"),
                                new Endpoint("db.example.org", 5432),
                                "shop",
                                "shop_db",
                                false),
                        new PromoteServer(group, replica, new ServerName("old"), true),
                        new ResyncServer(group, replica, false),
                        new RotateCredentials(group, true),
                        new RepairServer(group, replica, Repair.CONFIGURE),
                        new AcceptVersion(group, new Version("16.1"), new Version("16.2")));
        var changes = new ArrayList<>(planned.changes());
        for (var change : asked) {
            changes.add(
                    new PlannedChange(
                            "c" + (changes.size() + 1),
                            change,
                            new Because.Asked("ann", "protect " + group),
                            List.of("c1"),
                            Effect.NONE,
                            "touches nothing"));
        }
        return new Plan(planned.application(), 3, changes, planned.notices(), planned.unchanged());
    }

    @Test
    void what_is_written_is_what_is_read() {
        var json = MAPPER.readTree(PlanJson.write(PLAN).toString());

        assertThat(PlanJson.read(json)).isEqualTo(PLAN);
    }

    @Test
    void the_sample_has_every_kind_of_change() {
        var kinds = PLAN.changes().stream().map(it -> it.change().getClass().getName()).distinct();
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
        ((ObjectNode) json.at("/changes/0/servers/0")).put("name", "other");

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
