package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.problem;
import static dev.assent.manifest.Manifests.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {

    @Test
    void all_problems_come_at_once_and_errors_come_first() {
        assertThat(
                        codes(
                                """
                                postgres:
                                  configuration: {version: newest}
                                redis:
                                  server: {same_as: nobody}
                                  configuration: {versoin: "7.2"}
                                memcached: [a]
                                """))
                .containsExactly(
                        Code.BAD_VERSION,
                        Code.UNKNOWN_SERVER,
                        Code.WRONG_TYPE,
                        Code.DEPRECATED,
                        Code.NEAR_KEY);
    }

    @Test
    void a_mistake_that_aliases_repeat_is_told_once() {
        assertThat(
                        codes(
                                """
                                defaults: &defaults
                                  redis: {configuration: {version: [7]}, server: {same_as: nobody}}
                                production: {<<: *defaults}
                                staging: {<<: *defaults}
                                """))
                .containsExactly(Code.WRONG_TYPE, Code.UNKNOWN_SERVER, Code.UNKNOWN_SERVER);
    }

    @Test
    void a_key_twice_names_both_places() {
        var problem = problem("redis:\n  server: external\n  server: external\n");

        assertThat(problem.code()).isEqualTo(Code.DUPLICATE_KEY);
        assertThat(problem.place().line()).isEqualTo(3);
        assertThat(problem.message()).contains("line 2");
    }

    @Test
    void a_component_twice_has_no_further_consequences() {
        assertThat(codes("redis: {server: {unique_name: a}}\nredis: {server: {unique_name: a}}"))
                .containsExactly(Code.DUPLICATE_KEY);
    }

    @Test
    void an_unknown_alias_is_told_with_the_anchor_that_was_meant() {
        var problem = problem("a: &defaults {b: c}\nproduction:\n  <<: *default\n");

        assertThat(problem.code()).isEqualTo(Code.UNDEFINED_ALIAS);
        assertThat(problem.place().column()).isEqualTo(7);
        assertThat(problem.suggestion()).contains("did you mean `*defaults`?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a: b: c                      | a second `:` stands in this line; one key has one value
                    'a: "x\\nb: c'                | what begins here is never closed
                    'a: {b: c'                   | what begins here is never closed
                    'redis\\nserver: external'    | a `:` is missing behind `redis`
                    'docker: x\\n  rails: y'      | this line is indented as if it belonged to `docker: x`, which has a value already
                    'a:\\n  b: 1\\n c: 2'          | this line is indented by 1 space and its neighbours, from line 1 on, by 0
                    a: @b                        | a value cannot begin with `@`
                    """)
    void what_yaml_does_not_understand_is_said_in_plain_words(String yaml, String message) {
        assertThat(problems(yaml.replace("\\n", "\n")).getFirst().message()).isEqualTo(message);
    }

    @Test
    void a_problem_shows_the_lines_a_caret_and_a_way_out() {
        var problem =
                problem(
                        """
                        production:
                          mysql:
                            configuration: {version: newest}
                        """);

        assertThat(ProblemText.of(problem))
                .isEqualTo(
                        """
                        manifest.yml:3:30  ASN1301  `newest` is no version; a version is dotted numbers, such as `17` or `8.0`
                           2 │   mysql:
                           3 │     configuration: {version: newest}
                             │                              ^^^^^^
                             = help:         leave `version` out for the newest one
                             = more:         assent explain ASN1301\
                        """);
    }

    @Test
    void a_password_in_the_lines_is_not_shown() {
        var problems =
                problems("redis:\n  configuration:\n    password: hunter2\n    version: x\n");

        assertThat(problems)
                .hasSize(2)
                .extracting(ProblemText::of)
                .allSatisfy(it -> assertThat(it).contains("password: …").doesNotContain("hunter2"));
    }

    @Test
    void a_password_that_is_itself_wrong_is_not_told() {
        assertThat(problems("redis:\n  configuration:\n    password: [hunter2]\n").toString())
                .doesNotContain("hunter2");
    }

    @Test
    void a_long_line_is_shown_around_the_place() {
        var yaml = "redis: {configuration: {note: " + "x".repeat(5_000) + ", version: newest}}";

        var text = ProblemText.of(problem(yaml));

        assertThat(text.lines()).allMatch(it -> it.length() < 200);
        var lines = text.lines().toList();
        assertThat(lines.get(1).indexOf("newest")).isEqualTo(lines.get(2).indexOf("^"));
    }

    @ParameterizedTest
    @CsvSource({
        "mysql,mysql,0",
        "mysq,mysql,1",
        "mysqll,mysql,1",
        "mqsyl,mysql,2",
        "myslq,mysql,1"
    })
    void spelling_counts_letters(String from, String to, int distance) {
        assertThat(Spelling.distance(from, to)).isEqualTo(distance);
    }
}
