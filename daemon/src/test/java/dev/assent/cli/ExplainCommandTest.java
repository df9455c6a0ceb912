package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Code;
import dev.assent.manifest.Explanation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {

    @Test
    void a_code_is_explained_in_either_case_as_markdown() {
        var typed = explain("asn1104");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .startsWith("# ASN1104  A tab is used for indentation")
                .contains("Wrong:", "```yaml", "Right:")
                .endsWith("```\n");
    }

    @Test
    void digits_alone_are_a_code() {
        assertThat(explain("1203")).isEqualTo(explain("ASN1203"));
        assertThat(explain("1203").code()).isZero();
        assertThat(explain("aSn1203")).isEqualTo(explain("ASN1203"));
    }

    @Test
    void a_terminal_gets_it_laid_out() {
        var typed = atTerminal(Map.of("COLUMNS", "72"), "ASN1104");
        var plain = atTerminal(Map.of("COLUMNS", "72"), "--no-color", "ASN1104");

        assertThat(typed.out())
                .startsWith(
                        "\u001b[1mASN1104  error: A tab is used for indentation\u001b[0m\n\nYAML ")
                .contains("\n\n\u001b[31mWrong:\u001b[0m\n\n    mysql:\n")
                .contains("\n    →engine: percona\n")
                .doesNotContain("```", "#");
        assertThat(plain.out())
                .startsWith("ASN1104  error: A tab is used for indentation\n\nYAML ")
                .contains("\nWrong:\n");
        assertThat(plain.out().lines()).allMatch(it -> it.length() <= 72);
    }

    @Test
    void codes_are_listed_by_what_they_are_about() {
        var typed = explain("--list");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .startsWith("The text and its YAML\n  ASN1101  error    The file is too large\n")
                .contains("\n  ASN1116  warning  A tab stands after a value\n")
                .contains("\n\nWhat stands where\n  ASN1201", "\n\nWhat it means\n  ASN1301")
                .doesNotContain("Others", "\u001b");
        assertThat(atTerminal(Map.of(), "--list").out())
                .startsWith("\u001b[1mThe text and its YAML\u001b[0m\n")
                .contains("\u001b[31merror  \u001b[0m");
    }

    @Test
    void programs_get_json() {
        var all = JsonMapper.shared().readTree(explain("--list", "--format", "json").out());
        var one = JsonMapper.shared().readTree(explain("ASN1116", "--format", "json").out());

        assertThat(all.path("codes").size()).isEqualTo(Code.values().length);
        assertThat(all.path("codes").path(0).toString())
                .isEqualTo(
                        "{\"code\":\"ASN1101\",\"severity\":\"error\",\"title\":\"The file is too"
                                + " large\"}");
        assertThat(one.path("severity").stringValue()).isEqualTo("warning");
        assertThat(one.path("markdown").stringValue())
                .isEqualTo(Explanation.of(Code.TAB_AFTER_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "ASN1140, did you mean `ASN1104`?",
        "1140,    did you mean `ASN1104`?",
        "ANS1301, did you mean `ASN1301`?",
        "9999,    `assent explain --list` shows them all",
        "ASN9999, `assent explain --list` shows them all",
        "tab,     `assent explain --list` shows them all",
    })
    void an_unknown_code_is_told_with_the_one_that_was_meant(String code, String help) {
        var typed = explain(code);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .isEqualTo("assent: there is no code `%s`; %s\n".formatted(code, help));
    }

    @Test
    void one_code_or_the_list_has_to_be_asked_for() {
        assertThat(explain().code()).isEqualTo(2);
        assertThat(explain().err()).startsWith("assent: ").contains("(CODE | --list)");
        assertThat(explain("--list", "ASN1104").code()).isEqualTo(2);
    }

    private static Typed explain(Object... arguments) {
        return Typed.inScript("explain", arguments);
    }

    private static Typed atTerminal(Map<String, String> variables, Object... arguments) {
        return Typed.atTerminal(variables, "explain", arguments);
    }
}
