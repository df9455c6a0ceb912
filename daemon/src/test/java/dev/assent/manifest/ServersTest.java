package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.desired;
import static dev.assent.manifest.Manifests.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.assent.model.ServerName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void same_as_takes_name_and_settings_of_the_machine_that_it_names() {
        var yaml =
                """
                redis: {servers: [{server: {same_as: main}}]}
                mysql: {servers: [{server: {unique_name: main, vendor: aws, size: 2}}]}
                """;

        var redis = desired(yaml, "production").groups().getFirst().servers().getFirst();

        assertThat(redis.name()).contains(new ServerName("main"));
        assertThat(redis.settings()).containsExactly(entry("size", "2"), entry("vendor", "aws"));
        assertThat(redis.place().line()).isEqualTo(1);
    }

    @Test
    void same_as_may_name_a_server_of_what_is_no_database() {
        var yaml =
                """
                production:
                  rails: {server: {unique_name: web, size: 2gb}}
                  redis: {server: {same_as: web}}
                """;

        var redis = desired(yaml, "production").groups().getFirst().servers().getFirst();

        assertThat(redis.settings()).containsExactly(entry("size", "2gb"));
    }

    @Test
    void same_as_may_name_a_registered_server_and_one_at_the_top() {
        assertThat(
                        codes(
                                """
                                registered_servers: {mysql: {server: {unique_name: old, address: 192.0.2.1}}}
                                docker: {servers: [{server: {unique_name: worker}}]}
                                production:
                                  redis: {servers: [{server: {same_as: old}}]}
                                  mongodb: {servers: [{server: {same_as: worker}}]}
                                """))
                .isEmpty();
    }

    @Test
    void same_as_follows_a_chain() {
        var yaml =
                """
                mysql: {server: {unique_name: a, same_as: b}}
                redis: {server: {unique_name: b, same_as: c}}
                mongodb: {server: {unique_name: c, size: 2gb}}
                """;

        assertThat(desired(yaml, "production").groups())
                .allSatisfy(group ->
                        assertThat(group.servers().getFirst().name())
                                .contains(new ServerName("c")));
    }

    @Test
    void an_unknown_server_is_an_error_with_a_suggestion() {
        var problem =
                problem(
                        """
                        mysql: {server: {unique_name: mysql-main}}
                        redis: {server: {same_as: mysql-mian}}
                        """);

        assertThat(problem.code()).isEqualTo(Code.UNKNOWN_SERVER);
        assertThat(problem.suggestion()).contains("did you mean `mysql-main`?");
        assertThat(problem.place().line()).isEqualTo(2);
        assertThat(problem.pointer()).isEqualTo("/redis/server/same_as");
    }

    @Test
    void a_server_of_another_environment_is_unknown() {
        var problem =
                problem(
                        """
                        staging: {mysql: {server: {unique_name: db}}}
                        production: {redis: {server: {same_as: db}}}
                        """);

        assertThat(problem.code()).isEqualTo(Code.UNKNOWN_SERVER);
        assertThat(problem.message()).contains("`production`");
    }

    @Test
    void a_server_cannot_be_the_same_as_itself() {
        assertThat(codes("mysql: {server: {unique_name: a, same_as: a}}"))
                .containsExactly(Code.SAME_AS_ITSELF);
    }

    @Test
    void servers_cannot_name_each_other_in_a_circle_and_are_told_once() {
        var problem =
                problem(
                        """
                        mysql: {server: {unique_name: a, same_as: b}}
                        redis: {server: {unique_name: b, same_as: c}}
                        mongodb: {server: {unique_name: c, same_as: a}}
                        """);

        assertThat(problem.code()).isEqualTo(Code.SAME_AS_CYCLE);
        assertThat(problem.message()).contains("`a` → `b` → `c` → `a`");
    }

    @Test
    void a_name_is_unique_in_its_application_only() {
        assertThat(codes("mysql: {server: {unique_name: a}}\nredis: {server: {unique_name: a}}"))
                .containsExactly(Code.SERVER_NAME_TWICE);
        assertThat(
                        codes(
                                """
                                staging: {mysql: {server: {unique_name: a}}}
                                production: {mysql: {server: {unique_name: a}}}
                                """))
                .isEmpty();
    }

    @Test
    void a_name_is_not_to_be_taken_from_what_is_no_database() {
        assertThat(codes("rails: {server: {unique_name: a}}\nredis: {server: {unique_name: a}}"))
                .containsExactly(Code.SERVER_NAME_TWICE);
    }

    @Test
    void a_group_has_each_machine_once() {
        assertThat(
                        codes(
                                """
                                mysql:
                                  servers:
                                  - server: {unique_name: a}
                                  - server: {same_as: a}
                                """))
                .containsExactly(Code.SERVER_NAME_TWICE);
    }

    @Test
    void a_server_that_an_alias_repeats_is_the_same_machine() {
        var yaml = "mysql: {server: &s {unique_name: a}}\nredis: {server: *s}\n";

        assertThat(desired(yaml, "production").groups())
                .extracting(it -> it.servers().getFirst().name())
                .containsOnly(Optional.of(new ServerName("a")));
        var twice =
                problem("mysql:\n  servers:\n  - server: &s {unique_name: a}\n  - server: *s\n");
        assertThat(twice.code()).isEqualTo(Code.SERVER_NAME_TWICE);
        assertThat(twice.place().line()).isEqualTo(4);
    }

    @Test
    void a_name_twice_in_one_group_is_told_once() {
        assertThat(
                        problem(
                                        "mysql: {servers: [{server: {unique_name: a}}, {server: {unique_name: a}}]}")
                                .message())
                .isEqualTo("`a` is in this group already, in line 1");
    }

    @Test
    void a_server_cannot_be_called_anything() {
        var problem = problem("mysql: {server: {unique_name: ../etc}}");

        assertThat(problem.code()).isEqualTo(Code.BAD_SERVER_NAME);
    }

    @Test
    void a_number_is_a_name_and_a_truth_value_is_none() {
        assertThat(
                        desired("mysql: {server: {unique_name: 0007}}", "production")
                                .groups()
                                .getFirst()
                                .servers()
                                .getFirst()
                                .name())
                .contains(new ServerName("0007"));
        assertThat(problem("mysql: {server: {unique_name: yes}}").suggestion())
                .hasValueSatisfying(it -> assertThat(it).contains("\"yes\""));
    }
}
