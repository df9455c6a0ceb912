package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TabsTest {

    /// The form of the vendor's documented example: two groups, and a tab before `engine`.
    private static final String VENDORS_EXAMPLE =
            """
            mysql:
              groups:
                default:
                  configuration:
                \tengine: percona
                    version: 8.0
                    root_disk_size: 100
                  servers:
                  - server:
                      unique_name: mysql-main
                spare:
                  configuration:
                    version: 5.7
            """;

    @Test
    void the_vendors_example_gets_an_error_that_names_the_tab_and_shows_the_block_mended() {
        var problem = problem(VENDORS_EXAMPLE);

        assertThat(problem.code()).isEqualTo(Code.TAB_INDENTATION);
        assertThat(problem.message()).startsWith("a tab is used for indentation");
        assertThat(problem.place().line()).isEqualTo(5);
        assertThat(problem.place().column()).isEqualTo(5);
        assertThat(problem.mended())
                .containsExactly(
                        "      configuration:",
                        "        engine: percona",
                        "        version: 8.0",
                        "        root_disk_size: 100");
    }

    @Test
    void a_file_indented_with_tabs_throughout_is_mended_as_a_block() {
        var problem =
                problem("mysql:\n\tservers:\n\t- server:\n\t\t\tunique_name: a\n\t- server:\n");

        assertThat(problem.mended())
                .containsExactly(
                        "mysql:",
                        "  servers:",
                        "  - server:",
                        "      unique_name: a",
                        "  - server:");
    }

    @Test
    void lines_with_the_same_tabs_stand_beside_each_other() {
        var problem =
                problem(
                        """
                        production:
                        \tredis:
                        \tmysql:
                        \t\tserver:
                        \t\t\tunique_name: a
                        \t# and
                        \tmongodb:
                        """);

        assertThat(problem.mended())
                .containsExactly(
                        "production:",
                        "  redis:",
                        "  mysql:",
                        "    server:",
                        "      unique_name: a",
                        "  # and",
                        "  mongodb:");
    }

    @Test
    void the_text_shows_tabs_as_arrows_and_marks_them() {
        assertThat(ProblemText.of(problem("redis:\n\t\tserver: external\n")))
                .isEqualTo(
                        """
                        manifest.yml:2:1  ASN1104  a tab is used for indentation; YAML allows only spaces
                           1 │ redis:
                           2 │ →→server: external
                             │ ^^
                             = mended: redis:
                                         server: external
                             = more:         assent explain ASN1104\
                        """);
    }

    @Test
    void a_tab_after_a_value_or_after_a_key_is_only_a_warning() {
        assertThat(codes("redis:\n  server: external\t\t\n")).containsExactly(Code.TAB_AFTER_VALUE);
        assertThat(codes("redis:\n  server:\texternal\n")).containsExactly(Code.TAB_AFTER_VALUE);
        assertThat(codes("redis:\t\n  server: 'external'\t# yes\n"))
                .containsExactly(Code.TAB_AFTER_VALUE);
    }

    @Test
    void a_tab_inside_a_text_or_a_comment_is_nobodys_business() {
        assertThat(
                        codes(
                                """
                                # a\tcomment\t
                                rails:
                                  configuration:
                                    command: "a:\tb"
                                    script: |
                                      all:\t
                                      \tmake
                                """))
                .isEmpty();
    }
}
