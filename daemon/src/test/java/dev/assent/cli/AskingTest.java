package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded;
import dev.assent.state.StoredPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// group add and remove, scale, promote, resync, replicate, credentials rotate, primary, protect,
/// unprotect, adopt, replan.
class AskingTest {

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
    @ValueSource(
            strings = {
                "group add shop/production/mysql/b --variant mariadb --version 11.4",
                "group remove shop/production/mysql/b",
                "scale shop/production/mysql/b --replicas 2",
                "primary shop/production/mysql/b",
                "protect shop/production/mysql/b",
                "unprotect shop/production/mysql/b",
                "promote shop/production/mysql/b b-2",
                "promote shop/production/mysql/b b-2 --without-primary",
                "resync shop/production/mysql/b",
                "resync shop/production/mysql/b b-2",
                "replicate shop/production/mysql/b --from blog/production/mysql/a",
                "replicate shop/production/mysql/b --stop",
                "credentials rotate shop/production/mysql/b",
                "credentials rotate shop/production/mysql/b --application"
            })
    void a_request_prints_its_plan_and_how_to_go_on(String command) {
        var typed = Typed.at(door, command.split(" "));

        assertThat(typed.err()).isEmpty();
        assertThat(typed.code()).isZero();
        assertThat(door.desk.asked).containsExactly(command + " by ada");
        assertThat(typed.out()).contains("Plan " + plan.id(), "assent approve " + plan.id());
    }

    @Test
    void the_group_may_be_named_in_two_words() {
        Typed.at(door, "primary", "shop/production", "mysql/b");

        assertThat(door.desk.asked).containsExactly("primary shop/production/mysql/b by ada");
    }

    @Test
    void a_server_stands_behind_its_group_however_that_is_written() {
        Typed.at(door, "promote", "shop/production", "mysql/b", "b-2");

        assertThat(door.desk.asked).containsExactly("promote shop/production/mysql/b b-2 by ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    promote shop/production/mysql/b                          | say which server of shop/production/mysql/b is to be primary; its servers: assent status shop/production
                    promote shop/production/mysql/b b-2 b-3                  | `b-3` is one word too many; write APP/ENV/ENGINE/GROUP SERVER
                    resync shop/mysql b-2                                    | `shop/mysql/b-2` is not a group of an application; write APP/ENV/ENGINE/GROUP, for instance shop/production/mysql/main
                    replicate shop/production/mysql/b --from mysql/a         | `mysql/a` is not a group of an application; write APP/ENV/ENGINE/GROUP, for instance shop/production/mysql/main
                    replicate shop/production/mysql/b                        | missing required argument
                    replicate shop/production/mysql/b --stop --from a/b/c/d  | --from
                    credentials                                              | say what: credentials rotate
                    """)
    void what_is_missing_or_too_much_is_said(String command, String message) {
        var typed = Typed.at(door, command.split(" "));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).startsWith("assent: ").contains(message);
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void a_request_as_json_is_what_the_api_says() {
        var typed = Typed.at(door, "protect", "shop/production/mysql/b", "--format", "json");

        assertThat(JsonMapper.shared().readTree(typed.out()).path("id").asString())
                .isEqualTo(plan.id());
    }

    @Test
    void what_is_no_group_is_said_with_an_example() {
        var typed = Typed.at(door, "primary", "shop/mysql");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .isEqualTo(
                        "assent: `shop/mysql` is not a group of an application; write APP/ENV/ENGINE/GROUP, for instance shop/production/mysql/main\n");
    }

    @Test
    void a_refusal_is_a_no_with_its_sentence() {
        door.desk.refusal = Optional.of("mysql/b is declared at apps/shop/manifest.yml:3");

        var typed = Typed.at(door, "group", "remove", "shop/production/mysql/b");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err())
                .isEqualTo("assent: mysql/b is declared at apps/shop/manifest.yml:3\n");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void group_alone_says_what_it_lacks() {
        var typed = Typed.at(door, "group");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("say which: group add or group remove");
    }

    @Test
    void a_password_is_read_from_a_file_and_never_from_the_command_line() throws Exception {
        var file = Files.writeString(runFolder.resolve("password"), "s3cret-canary\n");

        var typed =
                Typed.at(
                        door,
                        "adopt",
                        "shop/production/postgresql/old",
                        "--address",
                        "db.example.org",
                        "--port",
                        "5432",
                        "--username",
                        "shop",
                        "--database",
                        "shop",
                        "--password-file",
                        file.toString());

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(door.desk.candidates)
                .singleElement()
                .satisfies(it -> assertThat(it.password().reveal()).isEqualTo("s3cret-canary"));
        assertThat(typed.toString()).doesNotContain("s3cret-canary");
    }

    @Test
    void a_password_file_that_cannot_be_read_is_said() {
        var typed =
                Typed.at(
                        door,
                        "adopt",
                        "shop/production/postgresql/old",
                        "--address=h",
                        "--port=1",
                        "--username=u",
                        "--database=d",
                        "--password-file=" + runFolder.resolve("none"));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("could not read the password from", "none");
    }

    @Test
    void replan_says_what_waits_or_that_nothing_does() {
        var typed = Typed.at(door, "replan", "shop/production");
        door.desk.plans.clear();
        var nothing = Typed.at(door, "replan", "shop/production");

        assertThat(typed.out())
                .isEqualTo(
                        "%s is proposed: 1 to add, 0 to change, 1 to destroy; to review it: assent show %s\n"
                                .formatted(plan.id(), plan.id()));
        assertThat(nothing.out())
                .isEqualTo("Nothing to do: what exists is what the manifest declares.\n");
    }
}
