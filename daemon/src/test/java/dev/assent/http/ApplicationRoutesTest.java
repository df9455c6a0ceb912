package dev.assent.http;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.engine.Answer;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.Version;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import dev.assent.provider.Health;
import dev.assent.reconcile.account.Diagnosis;
import dev.assent.state.AuditEntry;
import dev.assent.state.ManifestState;
import dev.assent.state.OpenFinding;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Status, variables and history.
class ApplicationRoutesTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "staging");

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        door.desk.records.add(recorded(2, existing("postgresql/main").primary().servers("a", "b")));
        door.desk.manifests.add(
                new ManifestState(
                        BLOG,
                        new Provenance("platform", "apps/blog/manifest.yml", "77aa"),
                        ManifestState.Condition.INVALID,
                        List.of("apps/blog/manifest.yml:7:1  ASN1104  a tab"),
                        FakeDesk.NOW));
        door.desk.repositories.add(
                new RepositoryState(
                        "platform",
                        Optional.of("77aa"),
                        "",
                        RepositoryState.Condition.BRANCH_GONE,
                        Optional.of("there is no branch main"),
                        FakeDesk.NOW,
                        FakeDesk.NOW));
        door.desk.pending.put("POSTGRESQL_PASSWORD", "canary");
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void status_joins_what_is_recorded_read_and_seen() throws Exception {
        var status = Door.json(door.get("/api/v1/status"));

        var repository = status.path("repositories").path(0);
        assertThat(repository.path("condition").asString()).isEqualTo("branch-gone");
        assertThat(repository.path("detail").asString()).isEqualTo("there is no branch main");
        var blog = status.path("applications").path(0);
        assertThat(blog.path("application").asString()).isEqualTo("blog");
        assertThat(blog.path("manifest").path("condition").asString()).isEqualTo("invalid");
        var shop = status.path("applications").path(1);
        assertThat(shop.path("serial").asInt()).isEqualTo(2);
        var servers = shop.path("groups").path(0).path("servers");
        assertThat(servers.findValuesAsString("role")).containsExactly("primary", "replica");
        assertThat(servers.findValuesAsString("state")).containsExactly("running", "running");
        assertThat(servers.path(1).path("address").asString()).isEqualTo("127.0.0.1:20001");
        assertThat(servers.path(0).path("pid").asInt()).isEqualTo(4711);
    }

    @Test
    void status_tells_what_a_server_says_of_itself_where_that_is_not_what_is_recorded()
            throws Exception {
        var main = GroupName.parse("postgresql/main").orElseThrow();
        var replica =
                door.desk.records.getFirst().group(main).orElseThrow().servers().get(1).name();
        door.desk.healths.put(
                new ServerKey(SHOP, main, replica),
                new Health(
                        Health.State.RUNNING,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of(
                                new Answer(
                                        new Version("16.9"),
                                        false,
                                        Optional.empty(),
                                        Optional.of(Duration.ofMillis(1500)),
                                        Optional.empty())),
                        Optional.empty(),
                        List.of("postgresql.conf"),
                        OptionalLong.of(4096)));
        var found = new Finding(main, replica, Kind.WRITABLE, "", replica + " takes writes");
        door.desk.findings.add(
                new Diagnosis(
                        new OpenFinding(SHOP, found, FakeDesk.NOW),
                        Optional.of(FakeDesk.waiting().digest()),
                        "plan p-1 would mend it",
                        List.of("assent show p-1")));

        var status = Door.json(door.get("/api/v1/status?application=shop/production"));

        var shop = status.path("applications").path(0);
        var server = shop.path("groups").path(0).path("servers").path(1);
        assertThat(server.path("role").asString()).isEqualTo("replica");
        assertThat(server.path("observedRole").asString()).isEqualTo("primary");
        assertThat(server.path("version").asString()).isEqualTo("16.9");
        assertThat(server.path("lagMilliseconds").asInt()).isEqualTo(1500);
        assertThat(server.path("freeBytes").asInt()).isEqualTo(4096);
        assertThat(server.path("edited").path(0).asString()).isEqualTo("postgresql.conf");
        var finding = shop.path("findings").path(0);
        assertThat(finding.path("kind").asString()).isEqualTo("writable");
        assertThat(finding.path("message").asString()).isEqualTo(replica + " takes writes");
        assertThat(finding.path("plan").asString()).isEqualTo(FakeDesk.waiting().id());
        assertThat(finding.path("next").asString()).isEqualTo("plan p-1 would mend it");
    }

    @Test
    void status_can_be_narrowed_to_an_app_and_to_one_of_its_environments() throws Exception {
        var app = Door.json(door.get("/api/v1/status?application=shop"));
        var environment = Door.json(door.get("/api/v1/status?application=shop/production"));

        assertThat(app.path("applications").findValuesAsString("application"))
                .containsExactly("shop");
        assertThat(environment).isEqualTo(app);
        assertThat(door.get("/api/v1/status?application=shop/staging").statusCode()).isEqualTo(404);
        assertThat(door.get("/api/v1/status?application=../etc").statusCode()).isEqualTo(400);
    }

    @Test
    void variables_come_pending_and_in_force_and_who_asked_is_known() throws Exception {
        var path = "/api/v1/applications/shop/production/variables";

        var before = Door.json(door.get(path, "Assent-User", "ada"));
        var redeployed = Door.json(door.post("/api/v1/applications/shop/production/redeploy", ""));
        var after = Door.json(door.get(path));

        assertThat(before.path("pending").path("POSTGRESQL_PASSWORD").asString())
                .isEqualTo("canary");
        assertThat(before.has("inForce")).isFalse();
        assertThat(redeployed.path("variables").path(0).asString())
                .isEqualTo("POSTGRESQL_PASSWORD");
        assertThat(redeployed.toString()).doesNotContain("canary");
        assertThat(after.path("inForce").path("values").path("POSTGRESQL_PASSWORD").asString())
                .isEqualTo("canary");
        assertThat(door.desk.asked.getFirst()).isEqualTo("variables of " + SHOP + " by ada");
    }

    @Test
    void an_application_that_nobody_knows_has_no_variables_and_no_redeploy() throws Exception {
        assertThat(door.get("/api/v1/applications/shop/staging/variables").statusCode())
                .isEqualTo(404);
        assertThat(door.post("/api/v1/applications/nope/production/redeploy", "").statusCode())
                .isEqualTo(404);
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void service_names_come_with_the_variables_on_both_sides() throws Exception {
        door.desk.pending.put("POSTGRESQL_MAIN_ADDRESS", "10.0.0.7");
        door.desk.pending.put("POSTGRESQL_MAIN_PORT", "5432");
        door.post("/api/v1/applications/shop/production/redeploy", "");
        door.desk.pending.put("POSTGRESQL_MAIN_ADDRESS", "10.0.0.8");

        var answer = Door.json(door.get("/api/v1/applications/shop/production/variables"));

        assertThat(answer.path("services").path("postgresql-main").asString())
                .isEqualTo("10.0.0.8");
        assertThat(answer.path("inForce").path("services").path("postgresql-main").asString())
                .isEqualTo("10.0.0.7");
    }

    @Test
    void a_difference_holds_no_secret() throws Exception {
        var answer = door.get("/api/v1/applications/shop/production/variables/diff");

        assertThat(Door.json(answer).path("changes").findValuesAsString("name"))
                .containsExactly("POSTGRESQL_PASSWORD");
        assertThat(answer.body()).doesNotContain("canary");
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void where_an_external_group_stands_is_put_and_deleted() throws Exception {
        var path = "/api/v1/applications/shop/production/external/mysql/legacy";

        var told = door.put(path, "{\"address\": \"::1\", \"password\": \"canary\"}");
        var forgotten = door.delete(path);

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).doesNotContain("canary");
        assertThat(door.desk.told.getFirst().password().orElseThrow().reveal()).isEqualTo("canary");
        assertThat(forgotten.statusCode()).isEqualTo(200);
        assertThat(Door.json(forgotten).has("endpoint")).isFalse();
        assertThat(door.desk.asked)
                .containsExactly(
                        "told of mysql/legacy of shop/production by admin",
                        "forget mysql/legacy of shop/production by admin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop/production/external/mysql/legacy | {}                                   | 400",
                "shop/production/external/mysql/legacy | {\"address\": \"x\", \"port\": 0}    | 400",
                "shop/production/external/mysql/legacy | {\"address\": \"x\", \"passwort\": \"canary\"} | 400",
                "shop/production/external/mysql/legacy | {\"address\": \"http://u:canary@x\"}     | 400",
                "shop/production/external/oracle/legacy | {\"address\": \"x\"}                    | 400",
                "nope/production/external/mysql/legacy | {\"address\": \"x\"}                     | 404",
            })
    void what_cannot_be_told_is_refused(String path, String body, int status) throws Exception {
        var answer = door.put("/api/v1/applications/" + path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("canary");
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void history_is_newest_first_and_can_be_narrowed() throws Exception {
        audit(1, "plan.proposed", "shop/production");
        audit(2, "plan.proposed", "blog/staging");
        audit(3, "plan.approved", "shop/production");

        var all = Door.json(door.get("/api/v1/history")).path("entries");
        var shop = Door.json(door.get("/api/v1/history?application=shop")).path("entries");
        var one = Door.json(door.get("/api/v1/history?limit=1")).path("entries");

        assertThat(all.findValuesAsString("number")).containsExactly("3", "2", "1");
        assertThat(shop.findValuesAsString("number")).containsExactly("3", "1");
        assertThat(one.findValuesAsString("what")).containsExactly("plan.approved");
        assertThat(door.get("/api/v1/history?limit=1001").statusCode()).isEqualTo(400);
    }

    private void audit(long number, String what, String application) {
        door.desk.audit.add(
                new AuditEntry(
                        number,
                        FakeDesk.NOW,
                        "ada",
                        what,
                        Optional.of(application),
                        Optional.empty(),
                        "",
                        "00"));
    }
}
