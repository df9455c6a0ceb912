package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.desired;
import static dev.assent.manifest.Manifests.problem;
import static dev.assent.manifest.Manifests.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Desired;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentsTest {

    private static final String MIXED =
            """
            postgresql:
              configuration: {version: "16"}
            redis:
              configuration: {version: "7.2"}
            production:
              postgresql:
                groups:
                  main: {configuration: {version: "17"}}
            """;

    @Test
    void components_at_the_top_speak_for_every_environment() {
        var yaml = "postgresql: {configuration: {version: '17'}}";

        assertThat(names(desired(yaml, "production"))).containsExactly("postgresql/default");
        assertThat(names(desired(yaml, "qa"))).containsExactly("postgresql/default");
        assertThat(valid(yaml).environments()).isEmpty();
    }

    @Test
    void a_component_of_an_environment_replaces_the_one_at_the_top_whole() {
        assertThat(names(desired(MIXED, "production")))
                .containsExactly("redis/default", "postgresql/main");
        assertThat(names(desired(MIXED, "staging")))
                .containsExactly("postgresql/default", "redis/default");
        assertThat(valid(MIXED).environments()).containsExactly("production");
    }

    @Test
    void any_other_key_that_holds_components_is_an_environment() {
        var yaml = "acceptance: {redis: {configuration: {version: '7.2'}}}";

        assertThat(valid(yaml).environments()).containsExactly("acceptance");
        assertThat(names(desired(yaml, "acceptance"))).containsExactly("redis/default");
        assertThat(names(desired(yaml, "production"))).isEmpty();
    }

    @Test
    void a_configured_environment_is_one_whatever_it_holds() {
        assertThat(valid("blue: {}\nredis: {}", "blue").environments()).containsExactly("blue");
        assertThat(valid("redis: {mysql: {}}", "redis").environments()).containsExactly("redis");
    }

    @Test
    void what_only_holds_values_for_others_is_no_environment_and_no_mistake() {
        var yaml =
                """
                everything: &everything
                  postgresql: {configuration: {version: "17"}, servers: [{server: {same_as: nobody}}]}
                production:
                  <<: *everything
                  postgresql: {configuration: {version: "16"}}
                """;

        assertThat(valid(yaml).environments()).containsExactly("production");
        assertThat(codes(yaml)).isEmpty();
    }

    @Test
    void an_environment_may_repeat_another_one_whole() {
        var yaml =
                """
                production: &production {redis: {configuration: {version: "7.2"}}}
                blue: *production
                """;

        assertThat(valid(yaml).environments()).containsExactly("blue", "production");
        assertThat(names(desired(yaml, "blue"))).containsExactly("redis/default");
    }

    @Test
    void what_belongs_into_a_component_is_told_where_it_stands() {
        assertThat(codes("production: {unique_name: a, redis: {}}"))
                .containsExactly(Code.MISPLACED_KEY);
        assertThat(codes("version: 2\nredis: {}")).containsExactly(Code.MISPLACED_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysq", "posgresql", "postgre", "Redis", "mongo", "mariadb", "memcache"})
    void a_misspelt_database_at_the_top_is_an_error_that_suggests_the_right_name(String name) {
        var problem = problem(name + ": {configuration: {version: '8.0'}}");

        assertThat(problem.code()).isEqualTo(Code.UNKNOWN_COMPONENT);
        assertThat(problem.suggestion()).hasValueSatisfying(it -> assertThat(it).contains("`"));
        assertThat(problem.place().column()).isEqualTo(1);
    }

    @Test
    void a_misspelt_database_inside_an_environment_is_an_error_too() {
        var problem = problem("production:\n  mysq: {configuration: {version: '8.0'}}");

        assertThat(problem.code()).isEqualTo(Code.UNKNOWN_COMPONENT);
        assertThat(problem.suggestion()).contains("did you mean `mysql`?");
        assertThat(problem.pointer()).isEqualTo("/production/mysq");
    }

    @Test
    void what_stands_beneath_a_misspelt_database_is_checked_all_the_same() {
        assertThat(codes("production:\n  mysq: {configuration: {version: newest}}"))
                .containsExactly(Code.UNKNOWN_COMPONENT, Code.BAD_VERSION);
        assertThat(codes("mysq: {configuration: {version: newest}}"))
                .containsExactly(Code.UNKNOWN_COMPONENT, Code.BAD_VERSION);
    }

    @Test
    void environments_beneath_another_key_are_not_overlooked_in_silence() {
        assertThat(codes("environments: {production: {redis: {server: external}}}"))
                .containsExactly(Code.MISPLACED_KEY);
        assertThat(codes("production:\nredis: {server: external}"))
                .containsExactly(Code.MISPLACED_KEY);
        assertThat(codes("production:\nstaging:\nredis: {server: external}")).isEmpty();
        assertThat(codes("production: {redis: , staging: {redis: {server: external}}}"))
                .containsExactly(Code.MISPLACED_KEY);
    }

    @Test
    void something_that_looks_like_a_component_and_is_near_to_none_is_an_error() {
        assertThat(codes("warehouse: {configuration: {version: '8.0'}}"))
                .containsExactly(Code.UNKNOWN_COMPONENT);
    }

    @Test
    void components_that_are_no_database_are_left_alone() {
        var yaml =
                """
                rails:
                  configuration: [whatever, {a: b}]
                  servers: {server: {unique_name: "a b"}, server: {unique_name: c}}
                  environment_variables: {DOMAIN: {{ HOST }}, X: !secret y}
                environment_variables: {redis: yes}
                procfile_metadata: {worker: 1}
                """;

        assertThat(codes(yaml)).isEmpty();
        assertThat(valid(yaml).environments()).isEmpty();
        assertThat(names(desired(yaml, "production"))).isEmpty();
    }

    @Test
    void a_misspelt_environment_is_a_warning() {
        var problem = problem("prodution: {redis: {}}");

        assertThat(problem.code()).isEqualTo(Code.NEAR_ENVIRONMENT);
        assertThat(problem.suggestion()).contains("did you mean `production`?");
    }

    @Test
    void an_environment_must_be_a_mapping() {
        assertThat(codes("production: [redis]")).containsExactly(Code.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing yet\n", "---\n", "\uFEFF", "~"})
    void a_file_without_anything_declares_nothing(String yaml) {
        assertThat(names(desired(yaml, "production"))).isEmpty();
    }

    @Test
    void an_old_spelling_is_understood_with_a_warning() {
        var yaml = "postgres: {configuration: {version: '17'}}";

        assertThat(names(desired(yaml, "production"))).containsExactly("postgresql/default");
        assertThat(codes(yaml)).containsExactly(Code.DEPRECATED);
    }

    @Test
    void two_spellings_of_one_component_are_that_component_twice() {
        assertThat(codes("postgres: {}\npostgresql: {}"))
                .containsExactly(Code.DUPLICATE_KEY, Code.DEPRECATED);
    }

    private static List<String> names(Desired desired) {
        return desired.groups().stream().map(it -> it.name().toString()).toList();
    }
}
