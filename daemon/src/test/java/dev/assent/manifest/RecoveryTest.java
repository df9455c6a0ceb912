package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.problem;
import static dev.assent.manifest.Manifests.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Behind a mistake in the YAML the file is read on, so that its author hears of everything at
/// once.
class RecoveryTest {

    @Test
    void what_stands_behind_a_tab_is_read_with_the_places_that_it_has() {
        var yaml =
                """
                mysql:
                \tconfiguration:
                \t\tversion: newest
                redis:
                  server: {same_as: nobody}
                """;

        assertThat(problems(yaml))
                .extracting(Problem::code, it -> it.place().line(), it -> it.place().column())
                .containsExactly(
                        tuple(Code.TAB_INDENTATION, 2, 1),
                        tuple(Code.BAD_VERSION, 3, 12),
                        tuple(Code.UNKNOWN_SERVER, 5, 21));
    }

    @Test
    void tabs_between_spaces_count_as_far_as_an_editor_shows_them() {
        var problem =
                problem(
                        """
                        redis:
                            server:
                                unique_name: one
                        \tvendor: aws
                            configuration:
                                version: "7.2"
                        """);

        assertThat(problem.code()).isEqualTo(Code.TAB_INDENTATION);
        assertThat(problem.mended()).containsExactly("        vendor: aws");
    }

    @Test
    void a_line_out_of_line_is_moved_to_the_nearest_depth() {
        var problem =
                problem(
                        """
                        redis:
                            server:
                                unique_name: one
                             configuration:
                                version: "7.2"
                        """);

        assertThat(problem.code()).isEqualTo(Code.INDENTATION);
        assertThat(problem.mended())
                .containsExactly("    configuration:", "        version: \"7.2\"");
    }

    @Test
    void what_stands_beneath_a_line_out_of_line_moves_along_where_it_is_out_of_line_too() {
        var problem =
                problem(
                        """
                        redis:
                            server:
                                unique_name: one
                             configuration:
                                 version: "7.2"
                        """);

        assertThat(problem.mended())
                .containsExactly("    configuration:", "        version: \"7.2\"");
    }

    @Test
    void the_first_line_is_out_of_line_where_those_below_it_agree() {
        var problem =
                problem(
                        """
                        mysql:
                          servers:
                          - server:
                             unique_name: a
                              vendor: aws
                              region: us-east-1
                        """);

        assertThat(problem.place()).hasToString("manifest.yml:4:6");
        assertThat(problem.message())
                .isEqualTo("this line is indented by 5 spaces and those below it by 6");
        assertThat(problem.mended()).containsExactly("      unique_name: a");
    }

    @Test
    void an_item_out_of_line_is_moved_to_the_other_items() {
        var problem =
                problem(
                        """
                        redis:
                            servers:
                            - server: {unique_name: a}
                           - server: {unique_name: b}
                        """);

        assertThat(problem.message())
                .isEqualTo(
                        "this line is indented by 3 spaces and its neighbours, from line 3 on, by 4");
        assertThat(problem.mended()).containsExactly("    - server: {unique_name: b}");
    }

    @Test
    void an_item_without_a_space_behind_its_dash_is_told_there() {
        var problem =
                problem(
                        """
                        redis:
                          servers:
                          -server:
                              unique_name: a
                          - server: {unique_name: b}
                        """);

        assertThat(problem.place()).hasToString("manifest.yml:3:3");
        assertThat(problem.mended()).containsExactly("  - server:");
    }

    @Test
    void a_colon_or_its_space_that_is_missing_is_put_where_it_belongs() {
        var space = problem("redis:\n  configuration:\n    version:7.2\n    note: 1\n");
        var colon = problem("redis:\n  configuration:\n    version 7.2\n    note: 1\n");
        var text = problem("redis:\n  configuration:\n    version:7.2\n");
        var flow = problem("redis: {configuration: {version:7.2}}");

        assertThat(space.mended()).containsExactly("    version: 7.2");
        assertThat(colon.mended()).containsExactly("    version: 7.2");
        assertThat(text.mended()).containsExactly("    version: 7.2");
        assertThat(flow.code()).isEqualTo(Code.COLON_WITHOUT_SPACE);
        assertThat(flow.mended()).containsExactly("redis: {configuration: {version: 7.2}}");
    }

    @Test
    void a_key_behind_a_key_belongs_on_a_line_of_its_own() {
        var problem = problem("redis:\n  configuration: version: 7.2\n");

        assertThat(problem.message())
                .isEqualTo("`version` cannot stand behind another key in its line");
        assertThat(problem.mended()).isEmpty();
    }

    @Test
    void a_merge_left_unfinished_is_told_as_such() {
        assertThat(problems("redis:\n<<<<<<< HEAD\n  server: external\n").getFirst().message())
                .isEqualTo("a merge in Git was left unfinished here");
    }

    @Test
    void what_only_looks_like_spaces_is_told_and_read_as_spaces() {
        var problem = problem("redis:\n\u00a0\u00a0server: external\n");

        assertThat(problem.code()).isEqualTo(Code.INDENTATION);
        assertThat(problem.message()).startsWith("the character U+00A0 looks like a space");
        assertThat(problem.mended()).containsExactly("  server: external");
    }

    @Test
    void what_looks_like_spaces_inside_a_text_is_nobodys_business() {
        var yaml =
                """
                rails:
                  configuration:
                    notes: |
                      one
                      _two: 2
                    more: 1
                =
                redis: {server: external}
                """;

        assertThat(codes(yaml.replace('_', '\u00a0').replace('=', '\u3000'))).isEmpty();
    }

    @Test
    void a_dash_without_space_is_mended_where_an_item_is_meant_and_nowhere_else() {
        var item = problems("redis:\n  servers:\n    -server: {unique_name: a}\n").getLast();
        var key = problem("redis:\n  configuration:\n    -encoding: utf8\n    version: '7'\n");

        assertThat(item.mended()).containsExactly("    - server: {unique_name: a}");
        assertThat(key.code()).isEqualTo(Code.UNKNOWN_KEY);
        assertThat(key.mended()).isEmpty();
    }

    @Test
    void a_value_behind_its_key_is_not_mended_into_a_second_key() {
        assertThat(problem("redis:\n  configuration: version:7.2\n").mended()).isEmpty();
        assertThat(problem("redis: version 7.2\n").code()).isEqualTo(Code.COLON_WITHOUT_SPACE);
    }

    @Test
    void places_behind_what_a_mend_removes_are_those_of_the_file() {
        var problems =
                problems(
                        """
                        mysql:
                          servers:
                          - server:
                              unique_name: a
                               vendro: aws
                        """);

        assertThat(problems)
                .extracting(it -> it.place().column(), Problem::mended)
                .containsExactly(
                        tuple(8, List.of("      vendro: aws")),
                        tuple(8, List.of("       vendor: aws")));
    }

    @Test
    void where_two_depths_are_equally_near_nothing_is_shown_as_mended() {
        var problem =
                problem(
                        """
                        postgresql:
                          configuration:
                            version: "17"
                           encoding: UTF8
                        """);

        assertThat(problem.code()).isEqualTo(Code.INDENTATION);
        assertThat(problem.mended()).isEmpty();
    }

    @Test
    void a_second_colon_is_mended_with_quotes() {
        var problem = problem("redis:\n  configuration:\n    note: a: b # c\n");

        assertThat(problem.message()).startsWith("a second `:`");
        assertThat(problem.mended()).containsExactly("    note: \"a: b\" # c");
    }

    @Test
    void a_character_that_begins_no_value_is_mended_with_quotes() {
        var problem = problem("redis:\n  configuration:\n    note: @\"home\"\n");

        assertThat(problem.mended()).containsExactly("    note: '@\"home\"'");
    }

    @Test
    void a_key_without_colon_is_mended_with_one() {
        var problem = problem("redis:\n  configuration\n    version: '7.2'\n");

        assertThat(problem.message()).isEqualTo("a `:` is missing behind `configuration`");
        assertThat(problem.place()).hasToString("manifest.yml:2:3");
        assertThat(problem.mended()).containsExactly("  configuration:");
    }

    @Test
    void several_mistakes_are_told_in_one_go() {
        assertThat(
                        codes(
                                """
                                production:
                                  mysq:
                                    configuration: {version: newest}
                                  redis:
                                \tserver: {same_as: *nobody}
                                  memcached:
                                    configuration:
                                      note: a: b
                                      memory: [1]
                                """))
                .containsExactly(
                        Code.UNKNOWN_COMPONENT,
                        Code.BAD_VERSION,
                        Code.TAB_INDENTATION,
                        Code.UNDEFINED_ALIAS,
                        Code.NOT_YAML,
                        Code.WRONG_TYPE);
    }

    @Test
    void what_an_unknown_alias_would_have_brought_is_not_missed_as_well() {
        assertThat(
                        codes(
                                """
                                production:
                                  <<: *common
                                  redis: {server: {same_as: main}}
                                """))
                .containsExactly(Code.UNDEFINED_ALIAS);
    }

    @Test
    void a_misspelt_alias_brings_what_was_meant() {
        var problem =
                problem(
                        """
                        defaults: &defaults {mysql: {server: {unique_name: main}}}
                        production:
                          <<: *default
                          redis: {server: {same_as: main}}
                        """);

        assertThat(problem.code()).isEqualTo(Code.UNDEFINED_ALIAS);
        assertThat(problem.mended()).containsExactly("  <<: *defaults");
    }

    @Test
    void the_first_of_several_documents_is_checked() {
        assertThat(codes("redis: {server: {same_as: nobody}}\n---\nmysql: {server: [}\n"))
                .containsExactly(Code.NOT_YAML);
        assertThat(codes("redis: {server: {same_as: nobody}}\n---\nmysql: {}\n"))
                .containsExactly(Code.UNKNOWN_SERVER, Code.SEVERAL_DOCUMENTS);
    }

    @Test
    void what_stands_behind_a_closing_quote_is_no_matter_of_indentation() {
        var problem = problem("redis:\n  server:\n    unique_name: 'a' b\n");

        assertThat(problem.code()).isEqualTo(Code.NOT_YAML);
        assertThat(problem.message()).isEqualTo("more stands behind a value that has ended");
        assertThat(problem.place()).hasToString("manifest.yml:3:22");
    }

    @Test
    void a_slash_may_be_escaped_as_in_json() {
        assertThat(codes("{\"redis\": {\"configuration\": {\"note\": \"a\\/b\\\\\\/c\"}}}"))
                .isEmpty();
    }

    @Test
    void what_nothing_mends_ends_the_reading() {
        assertThat(codes("redis: {server: {same_as: nobody}\nmysq: {configuration: [}\n"))
                .containsExactly(Code.NOT_YAML);
    }
}
