package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileInputTest {

    /// Against what would never end; a machine that does other things too is allowed to be slow.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void a_billion_laughs_are_counted_and_not_told() {
        var yaml = new StringBuilder("a0: &a0 [ha, ha, ha]\n");
        for (var i = 1; i < 40; i++) {
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }

        assertThat(codesOf(yaml.toString())).containsExactly(Code.TOO_MANY_ALIASES);
    }

    @Test
    void merges_are_counted_too() {
        var yaml = new StringBuilder("a0: &a0 {k: v}\n");
        for (var i = 1; i < 40; i++) {
            yaml.append(
                    "a%d: &a%d {x: *a%d, y: *a%d, <<: *a%d}\n"
                            .formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(codesOf(yaml.toString())).containsExactly(Code.TOO_MANY_ALIASES);
    }

    @Test
    void a_value_inside_itself_is_refused_at_the_alias() {
        var problem = Manifests.problem("a: &a\n  b: [1, *a]\n");

        assertThat(problem.code()).isEqualTo(Code.RECURSIVE_ALIAS);
        assertThat(problem.place()).hasToString("manifest.yml:2:10");
        assertThat(codesOf("&a [*a]")).containsExactly(Code.RECURSIVE_ALIAS);
        assertThat(codesOf("&a {*a : 1}")).containsExactly(Code.RECURSIVE_ALIAS);
        assertThat(codesOf("a: &a {<<: *a}")).containsExactly(Code.RECURSIVE_ALIAS);
    }

    @Test
    void depth_is_limited() {
        assertThat(codesOf("a: " + "[".repeat(100_000))).containsExactly(Code.TOO_DEEP);
        assertThat(codesOf("a: " + "{a: ".repeat(100_000))).containsExactly(Code.TOO_DEEP);
        assertThat(codesOf("- ".repeat(100_000))).containsExactly(Code.TOO_DEEP);
        assertThat(codesOf("rails: " + "[".repeat(62) + "]".repeat(62))).isEmpty();
    }

    @Test
    void what_a_terminal_would_obey_is_shown_and_not_sent() {
        var quoted = "\"\\e]0;x\\a\\e[2J\\u202E\"";

        for (var yaml :
                List.of(
                        "redis: {configuration: {version: " + quoted + "}}\n",
                        "redis: {configuration: " + quoted + "}\n",
                        "redis: {configuration: {version: x\u202ey}} # \u202e\n")) {
            assertThat(Manifests.problems(yaml))
                    .as(yaml)
                    .isNotEmpty()
                    .allSatisfy(it ->
                            assertThat(ProblemText.of(it))
                                    .doesNotContain("\u001b", "\u0007", "\u202e"));
        }
    }

    @Test
    void size_is_limited() {
        assertThat(codesOf("#".repeat(ManifestReader.MAX_BYTES + 1)))
                .containsExactly(Code.TOO_LARGE);
        assertThat(codesOf("#".repeat(ManifestReader.MAX_BYTES))).isEmpty();
        assertThat(codesOf("a: [" + "1,".repeat(200_000) + "]")).containsExactly(Code.TOO_LARGE);
    }

    @Test
    void many_keys_are_no_reason_to_fall_over() {
        var keys = new StringBuilder();
        for (var i = 0; i < 45_000; i++) keys.append("key%d: %d\n".formatted(i, i));

        assertThat(codesOf(keys.toString())).isEmpty();
        assertThat(codesOf(keys + "redis:\nredis:\n")).contains(Code.DUPLICATE_KEY);
    }

    @Test
    void a_huge_key_is_shown_in_part() {
        var key = "k".repeat(500_000);

        var problem = Manifests.problem("redis: {? " + key + " : 1, ? " + key + " : 2}");

        assertThat(problem.code()).isEqualTo(Code.DUPLICATE_KEY);
        assertThat(problem.message()).hasSizeLessThan(200);
        assertThat(ProblemText.of(problem)).hasSizeLessThan(2_000);
    }

    @Test
    void long_runs_of_anything_take_no_long_time() {
        for (var run :
                List.of("\t", " ", "\t ", "-", ":", "a:", "password", "\n\t", "'", "&a ", "? ")) {
            var repeated = run.repeat(500_000 / run.length());

            problemsOf(("redis: " + repeated + "x").getBytes(UTF_8));
            problemsOf(("redis:\n" + repeated + "x\n\tredis: y").getBytes(UTF_8));
        }
    }

    @Test
    void many_mistakes_and_long_chains_take_no_long_time() {
        var groups = new StringBuilder("redis:\n  groups:\n");
        for (var i = 0; i < 25_000; i++) groups.append("    g%d: [a]\n".formatted(i));
        var chain = new StringBuilder("redis:\n  servers:\n");
        for (var i = 0; i < 12_000; i++) {
            chain.append("  - server: {unique_name: s%d, same_as: s%d}\n".formatted(i, i + 1));
        }
        var settings = new StringBuilder("redis:\n  configuration:\n");
        for (var i = 0; i < 40_000; i++) settings.append("    root_disk_%05d: a\n".formatted(i));

        assertThat(codesOf(groups.toString())).contains(Code.WRONG_TYPE, Code.MORE_PROBLEMS);
        assertThat(codesOf(chain.toString())).contains(Code.SAME_AS_CYCLE, Code.MORE_PROBLEMS);
        assertThat(codesOf(settings.toString())).isEmpty();
    }

    @Test
    void a_hundred_problems_are_enough() {
        var yaml = "redis: {servers: [" + "{server: {unique_name: a b}}, ".repeat(5_000) + "]}";

        var problems = Manifests.problems(yaml);

        assertThat(problems).hasSize(101);
        assertThat(problems.getLast().message()).isEqualTo("there are more problems than these");
    }

    @Test
    void text_that_is_not_utf8_is_refused_at_the_byte() {
        var problems = problemsOf("redis: # caf\u00e9".getBytes(ISO_8859_1));

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().code()).isEqualTo(Code.NOT_UTF8);
        assertThat(problems.getFirst().place()).hasToString("manifest.yml:1:13");
        assertThat(problemsOf("redis:".getBytes(UTF_16)).getFirst().suggestion())
                .hasValueSatisfying(it -> assertThat(it).contains("UTF-16"));
        assertThat(problemsOf(new byte[] {'a', (byte) 0xC3}).getFirst().code())
                .isEqualTo(Code.NOT_UTF8);
    }

    @Test
    void a_nul_is_refused_where_it_stands() {
        var problem = Manifests.problem("redis:\n  a: \0b\n");

        assertThat(problem.code()).isEqualTo(Code.CONTROL_CHARACTER);
        assertThat(problem.place()).hasToString("manifest.yml:2:6");
    }

    static Stream<String> odd() {
        return Stream.of(
                "a: \"\\UFFFFFFFF\"",
                "a: \"\\xZZ\"",
                "%YAML 99999999999.1\n---\na: b",
                "%TAG ! tag:x,2000:\n---\na: !b c",
                "a: !!java.net.URL [\"x\"]",
                "redis: !<tag:yaml.org,2002:python/object/apply:os.system> [ls]",
                "? ? ? a",
                ": : :",
                "- - - a\n- b: c\n  - d",
                "a: *",
                "&",
                "!",
                "!!",
                "|",
                ">-9\n a",
                "a: 'b",
                "a: \"b",
                "{[}]",
                "---\n---\n---\n",
                "a: b\n...\nc: d",
                "<<: <<",
                "<<: [[1]]",
                "redis: {<<: 1}",
                "? {a: b}\n: {c: d}",
                "redis: {? [1] : 2}",
                "production: {? {a: b} : {configuration: 1}}",
                "a: .inf\nredis: {configuration: {version: .nan}}",
                "redis: {configuration: {version: " + "9".repeat(5000) + "}}",
                "redis: {configuration: {version: 1" + "_0".repeat(50) + ".5}}",
                "redis: {configuration: {version: 1:30:00}}",
                "redis: {configuration: {version: -0}}",
                "redis: {groups: [a]}",
                "redis: {groups: {1: , ~: , '': , true: }}",
                "redis: {servers: [[[]], 1, true, ~]}",
                "redis: [servers]",
                "[]",
                "text",
                "\u2028a: b\u2029",
                "a: b\rc: d\r",
                "\uFEFF\uFEFFa: b");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void whatever_is_odd_gets_an_answer_with_places_inside_the_file(String yaml) {
        assertPlacesInside(yaml, problemsOf(yaml.getBytes(UTF_8)));
    }

    @Test
    void mutilated_manifests_get_an_answer_with_places_inside_the_file() {
        var random = new Random(27_736);
        for (var sample : Samples.all()) {
            for (var round = 0; round < 30; round++) {
                var mutant = mutate(sample.text(), random);

                assertPlacesInside(mutant, problemsOf(mutant.getBytes(UTF_8)));
            }
        }
    }

    private static String mutate(String text, Random random) {
        var at = random.nextInt(text.length() + 1);
        var to = Math.min(text.length(), at + random.nextInt(12));
        var odd = "\t:-#&*!|>'\"{}[],?%@`\n \u00e9".charAt(random.nextInt(23));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, to) + text.substring(at, to) + text.substring(to);
            case 2 -> text.substring(0, at) + odd + text.substring(at);
            default -> text.substring(0, at) + odd + text.substring(to);
        };
    }

    private static void assertPlacesInside(String yaml, List<Problem> problems) {
        var lines = yaml.split("\r\n|\n|\r", -1);
        for (var problem : problems) {
            var place = problem.place();
            assertThat(place.endLine()).as("%s in %s", problem, yaml).isBetween(1, lines.length);
            assertThat(place.column())
                    .as("%s in %s", problem, yaml)
                    .isLessThanOrEqualTo(lines[place.line() - 1].length() + 1);
            assertThat(ProblemText.of(problem)).contains(problem.code().id());
        }
    }

    private static List<Code> codesOf(String yaml) {
        return problemsOf(yaml.getBytes(UTF_8)).stream().map(Problem::code).toList();
    }

    private static List<Problem> problemsOf(byte[] bytes) {
        var reading =
                assertTimeoutPreemptively(
                        LIMIT, () -> Manifests.READER.read("manifest.yml", bytes, List.of()));
        return switch (reading) {
            case Reading.Valid(var _, var warnings) -> warnings;
            case Reading.Invalid(var problems) -> problems;
        };
    }
}
