package dev.assent.manifest;

import static dev.assent.manifest.Manifests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Problem.Severity;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTextTest {

    private static final String BAD = "redis:\n  configuration: {version: newest}\n";

    @Test
    void a_narrow_terminal_gets_its_sentences_broken_and_hanging() {
        assertThat(shown(BAD, 60))
                .isEqualTo(
                        """
                        manifest.yml:2:28  ASN1301  `newest` is no version; a
                             version is dotted numbers, such as `17` or `8.0`
                           1 │ redis:
                           2 │   configuration: {version: newest}
                             │                            ^^^^^^
                             = help:         leave `version` out for the newest one
                             = more:         assent explain ASN1301\
                        """);
    }

    @Test
    void colours_say_nothing_that_words_and_carets_do_not_say() {
        var colours = new Look(true, OptionalInt.of(100));
        var problem = problem(BAD);

        var text = ProblemText.of(problem, problem.severity(), colours);

        assertThat(text)
                .contains(
                        "\u001b[1mmanifest.yml:2:28\u001b[0m  \u001b[31mASN1301\u001b[0m  `newest`")
                .contains("\u001b[2m   2 │\u001b[0m   configuration")
                .contains(" \u001b[31m^^^^^^\u001b[0m")
                .contains("\u001b[36m     = help:         \u001b[0mleave");
        assertThat(text.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(shown(BAD, 100));
    }

    @Test
    void a_warning_says_that_it_is_one_unless_it_counts_as_an_error() {
        var problem = problem("postgres: {configuration: {version: '17'}}\n");
        var colours = new Look(true, OptionalInt.empty());

        assertThat(ProblemText.of(problem))
                .startsWith("manifest.yml:1:1  ASN1212  warning: `postg");
        assertThat(ProblemText.of(problem, Severity.WARNING, colours))
                .contains("\u001b[33mASN1212\u001b[0m  \u001b[33mwarning: \u001b[0m`postgres`")
                .contains("\u001b[33m^^^^^^^^\u001b[0m");
        assertThat(ProblemText.of(problem, Severity.ERROR, colours))
                .contains("\u001b[31mASN1212\u001b[0m  `postgres`")
                .doesNotContain("warning");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30, 55, 80, 200, 5_000})
    void a_line_is_seen_around_the_place_and_never_wider_than_the_terminal(int before) {
        var yaml =
                "redis: {configuration: {note: %s, version: newest, other: %s}}"
                        .formatted("x".repeat(before), "y".repeat(300));

        for (var text : new String[] {shown(yaml, 60), shown(yaml, 160)}) {
            var lines = text.lines().toList();
            var source = lines.stream().filter(it -> it.contains("│ ")).toList();
            assertThat(source.getFirst().indexOf("newest,"))
                    .isPositive()
                    .isEqualTo(source.getLast().indexOf("^^^^^^"));
            assertThat(lines)
                    .allMatch(it -> it.length() <= (text.equals(shown(yaml, 60)) ? 60 : 160));
        }
    }

    @Test
    void the_caret_stands_beneath_characters_that_are_wide_or_have_no_width() {
        assertThat(shown("redis: {configuration: {note: 数据库, version: newest}}", 100))
                .contains(
                        """
                           1 │ redis: {configuration: {note: 数据库, version: newest}}
                             │                                                ^^^^^^
                        """);
        assertThat(shown("redis: {configuration: {note: e\u0301e\u0301, version: 新}}", 100))
                .contains(
                        """
                           1 │ redis: {configuration: {note: e\u0301e\u0301, version: 新}}
                             │                                            ^^
                        """);
    }

    @Test
    void carets_end_where_the_window_ends() {
        var yaml = "redis: {configuration: {version: %s}}".formatted("x".repeat(300));

        var lines = shown(yaml, 60).lines().filter(it -> it.contains("│ ")).toList();

        assertThat(lines).hasSize(2).allMatch(it -> it.length() <= 60);
        assertThat(lines.getLast()).endsWith("^^^");
    }

    @Test
    void wide_characters_fill_a_narrow_window_sooner() {
        var yaml = "redis: {configuration: {note: %s, version: newest}}".formatted("数".repeat(90));

        var lines = shown(yaml, 60).lines().filter(it -> it.contains("│ ")).toList();

        assertThat(lines).allMatch(it -> Visible.width(it) <= 60);
        assertThat(Visible.width(lines.getFirst().substring(0, lines.getFirst().indexOf("newest"))))
                .isEqualTo(lines.getLast().indexOf("^"));
    }

    @Test
    void mended_lines_are_seen_through_the_same_window() {
        var yaml = "redis: {configuration: {note: %s, version: 7.20}}".formatted("x".repeat(200));

        assertThat(ProblemText.of(problem(yaml)).lines()).allMatch(it -> it.length() <= 140);
        assertThat(shown(yaml, 80).lines()).allMatch(it -> it.length() <= 80);
        assertThat(shown(yaml, 80)).contains("= mended: …").contains("version: \"7.20\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "abc,3",
        "é,1",
        "e\u0301,1",
        "数据,4",
        "ｶﾅ,2",
        "ＡＢ,4",
        "한글,4",
        "🦊,2",
        "→│…,3",
        "'',0"
    })
    void a_text_is_as_wide_as_a_terminal_shows_it(String text, int width) {
        assertThat(Visible.width(text)).isEqualTo(width);
    }

    private static String shown(String yaml, int width) {
        var problem = problem(yaml);
        return ProblemText.of(problem, problem.severity(), new Look(false, OptionalInt.of(width)));
    }
}
