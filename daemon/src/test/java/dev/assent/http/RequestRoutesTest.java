package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.api.StoredPlanJson;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.Recorded;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRoutesTest {

    private static final String SHOP = "/api/v1/applications/shop/production";

    @TempDir Path runFolder;
    private Door door;
    private StoredPlan plan;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        plan = FakeDesk.waiting();
        door.desk.plans.add(plan);
        door.desk.records.add(
                new Recorded(new ApplicationName("shop", "production"), 1, List.of()));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"request":"add-group","group":"mysql/b","variant":"mariadb","version":"11.4"} | group add shop/production/mysql/b --variant mariadb --version 11.4
                    {"request":"remove-group","group":"mysql/b"}                                   | group remove shop/production/mysql/b
                    {"request":"scale","group":"mysql/b","replicas":2}                             | scale shop/production/mysql/b --replicas 2
                    {"request":"primary","group":"mysql/b"}                                        | primary shop/production/mysql/b
                    {"request":"protect","group":"mysql/b","protected":true}                       | protect shop/production/mysql/b
                    {"request":"protect","group":"mysql/b","protected":false}                      | unprotect shop/production/mysql/b
                    {"request":"promote","group":"mysql/b","server":"b-2"}                         | promote shop/production/mysql/b b-2
                    {"request":"promote","group":"mysql/b","server":"b-2","forsaken":true}         | promote shop/production/mysql/b b-2 --without-primary
                    {"request":"resync","group":"mysql/b"}                                         | resync shop/production/mysql/b
                    {"request":"resync","group":"mysql/b","server":"b-2"}                          | resync shop/production/mysql/b b-2
                    {"request":"replicate","group":"mysql/b","source":"blog/production/mysql/a"}   | replicate shop/production/mysql/b --from blog/production/mysql/a
                    {"request":"stop-replicating","group":"mysql/b"}                               | replicate shop/production/mysql/b --stop
                    {"request":"rotate-credentials","group":"mysql/b"}                             | credentials rotate shop/production/mysql/b
                    {"request":"rotate-credentials","group":"mysql/b","application":true}          | credentials rotate shop/production/mysql/b --application
                    """)
    void a_request_is_passed_on_and_answered_with_its_plan(String body, String words)
            throws Exception {
        var answer = door.post(SHOP + "/requests", body, "Assent-User", "ann");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(StoredPlanJson.read(Door.json(answer))).isEqualTo(plan);
        assertThat(door.desk.asked).containsExactly(words + " by ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"request":"grow","group":"mysql/b"}                           | `request` is none of those possible
                    {"request":"scale","group":"mysql/b"}                          | `replicas` is missing
                    {"request":"protect","group":"mysql/b"}                        | `protected` is missing
                    {"request":"promote","group":"mysql/b"}                        | `server` is missing
                    {"request":"promote","group":"mysql/b","server":"a/b"}         | `server` is not a name
                    {"request":"replicate","group":"mysql/b"}                      | `source` is not a group of an application
                    {"request":"replicate","group":"mysql/b","source":"mysql/a"}   | `source` is not a group of an application
                    {"request":"scale","group":"b","replicas":1}                   | `group` is not a group
                    {"request":"add-group","group":"mysql/b","version":"newest"}   | `version` is not a version
                    {"request":"add-group","group":"mysql/b","variant":"oracle"}   | `variant` is none that there is
                    {"request":"scale","group":"mysql/b","replica":1}              | the body is not what this question takes
                    """)
    void what_is_no_request_is_refused_and_passed_to_nobody(String body, String message)
            throws Exception {
        var answer = door.post(SHOP + "/requests", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Door.error(answer)).startsWith(message);
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void a_refusal_of_the_domain_is_a_conflict_with_its_sentence() throws Exception {
        door.desk.refusal = Optional.of("mysql/b is declared at apps/shop/manifest.yml:3");

        var answer =
                door.post(SHOP + "/requests", "{\"request\":\"primary\",\"group\":\"mysql/b\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Door.error(answer)).isEqualTo("mysql/b is declared at apps/shop/manifest.yml:3");
    }

    @Test
    void an_application_that_nobody_knows_is_asked_nothing() throws Exception {
        var answer =
                door.post(
                        "/api/v1/applications/shopp/production/requests",
                        "{\"request\":\"primary\",\"group\":\"mysql/b\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void an_adoption_is_passed_on_with_its_password_which_is_not_sent_back() throws Exception {
        var answer =
                door.post(
                        SHOP + "/adoptions",
                        """
                        {"group": "postgresql/old", "address": "db.example.org", "port": 5432,
                         "username": "shop", "database": "shop", "password": "s3cret-canary"}
                        """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("s3cret-canary");
        assertThat(door.desk.candidates)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.endpoint()).isEqualTo(new Endpoint("db.example.org", 5432));
                    assertThat(it.password().reveal()).isEqualTo("s3cret-canary");
                    assertThat(it.toString()).doesNotContain("s3cret-canary");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"group":"postgresql/old","port":5432,"username":"u","database":"d"}                       | `address` is missing
                    {"group":"postgresql/old","address":"h","port":0,"username":"u","database":"d"}            | `address` and `port` are no place
                    {"group":"postgresql/old","address":"h","port":1,"database":"d"}                           | `username` is missing
                    {"group":"postgresql/old","address":"h","port":1,"username":"u","database":"d","server":"a b"} | `server` is not a name
                    """)
    void an_adoption_that_lacks_something_is_refused(String body, String message) throws Exception {
        var answer = door.post(SHOP + "/adoptions", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Door.error(answer)).startsWith(message);
        assertThat(door.desk.candidates).isEmpty();
    }

    @Test
    void planning_once_more_answers_with_what_waits() throws Exception {
        var answer = door.post(SHOP + "/replan", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Door.json(answer).path("plans").path(0).path("id").asString())
                .isEqualTo(plan.id());
        assertThat(door.desk.asked).containsExactly("plan shop/production");
    }
}
