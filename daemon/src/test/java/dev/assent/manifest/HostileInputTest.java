package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileInputTest {

    private static final long SEED = 27_736;

    /// What is longer than a manifest that somebody wrote is slow to read, and tells nothing more.
    private static final int SHORT = 20_000;

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

            Answers.problems(("redis: " + repeated + "x").getBytes(UTF_8));
            Answers.problems(("redis:\n" + repeated + "x\n\tredis: y").getBytes(UTF_8));
        }
    }

    @Test
    void a_long_line_that_could_be_mended_takes_no_long_time() {
        for (var start : List.of("a: @", "a: b: ", "password", "- ", "version:", "x ")) {
            for (var run : List.of(" ", "a ", "#", "\u00a0")) {
                var line = start + run.repeat(90_000 / run.length()) + "x";

                Answers.problems(("redis:\n  configuration:\n    " + line + "\n").getBytes(UTF_8));
            }
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
    void many_groups_without_anything_take_no_long_time() {
        var groups = new StringBuilder("mysql:\n  groups:\n");
        for (var i = 0; i < 40_000; i++) groups.append("    g%d:\n".formatted(i));
        var parts = new StringBuilder("mysql:\n  groups:\n    a:\n");
        for (var i = 0; i < 20_000; i++)
            parts.append("    servers: {password: s%d}\n".formatted(i));

        assertThat(codesOf(groups.toString())).isEmpty();
        assertThat(codesOf("mysql:\n" + "  groups:\n".repeat(40_000)))
                .contains(Code.DUPLICATE_KEY, Code.MORE_PROBLEMS);
        assertThat(codesOf(parts.toString())).contains(Code.KEYS_BESIDE);
        for (var problem : Manifests.problems(parts.toString())) {
            assertThat(problem.message()).hasSizeLessThan(200);
        }
    }

    @Test
    void no_number_of_warnings_hides_an_error() {
        var yaml = new StringBuilder("redis:\n  groups:\n");
        for (var i = 0; i < 150; i++) yaml.append("    g%d: {memory: 1}\n".formatted(i));

        var wrongType = Manifests.codes(yaml + "    last: {configuration: [a]}\n");
        var wrongName = Manifests.codes(yaml + "mysql: {server: {same_as: nobody}}\n");

        assertThat(wrongType).startsWith(Code.WRONG_TYPE).endsWith(Code.MORE_PROBLEMS).hasSize(102);
        assertThat(wrongName).startsWith(Code.UNKNOWN_SERVER);
        assertThat(Manifests.read(yaml + "    last: {configuration: [a]}\n"))
                .isInstanceOf(Reading.Invalid.class);
    }

    @Test
    void text_that_is_not_utf8_is_refused_at_the_byte() {
        var problems = Answers.problems("redis: # caf\u00e9".getBytes(ISO_8859_1));

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().code()).isEqualTo(Code.NOT_UTF8);
        assertThat(problems.getFirst().place()).hasToString("manifest.yml:1:13");
        assertThat(Answers.problems("redis:".getBytes(UTF_16)).getFirst().suggestion())
                .hasValueSatisfying(it -> assertThat(it).contains("UTF-16"));
        assertThat(Answers.problems(new byte[] {'a', (byte) 0xC3}).getFirst().code())
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
                "\uFEFF\uFEFFa: b",
                // Directives and the markers of documents.
                "%YAML 1.2\n---\nredis:",
                "%YAML 1.1\n%YAML 1.1\n---\na",
                "%YAML 1.1#x\n---\n",
                "%YAML\n---\n",
                "%WHATEVER a b\n---\nredis:",
                "%TAG !e! tag:example.org,2000:\n---\n!e!x y",
                "%TAG !e! a\n%TAG !e! b\n---\n!e!x y",
                "%YAML 1.1\n",
                "redis:\n%YAML 1.1\n---\n",
                "--- text\n",
                "--- redis: {}\n",
                "--- |\n a\n",
                "---redis: {}\n",
                "...\nredis: {}\n",
                "redis: {}\n... # the end\n",
                "redis: {}\n...\n...\n",
                "redis: \"a\n---\nb\"\n",
                "redis: |\n  a\n...\n  b\n",
                "\uFEFF---\n\uFEFFredis:",
                // Tags.
                "!!map {redis: !!null }",
                "!!set {redis, mysql}",
                "!!omap [redis: {}, mysql: {}]",
                "!!binary YQ==",
                "redis: !!int external",
                "redis: !!float {}",
                "redis: {configuration: {version: !!float 8.10}}",
                "redis: !<>",
                "redis: !<!> a",
                "redis: !e!x a",
                "redis: !%zz a",
                "!!str redis: {}",
                "redis: !!str, a",
                "! redis: ! {}",
                // Anchors on everything, and aliases of it.
                "&a redis: &b {&c server: &d external}",
                "&a a: &b b\n*a : *b\n",
                "&redis redis: {}\n*redis : {}\n",
                "redis: &a &b c",
                "redis: &a\nmysql: *a",
                "redis: &a !!map\n  server: external",
                "redis: !!map &a\n  server: external",
                "&a\nredis: {}",
                "redis: &a: {}",
                "redis: *a:b",
                "&a - b",
                "redis: *a b",
                "redis: &\u00e9 x\nmysql: *\u00e9",
                "a: &a x\na: &a y\nb: *a",
                "<<: &a {redis: {}}\nmysql: *a",
                "&x <<: {redis: {}}",
                "<<: [*a]",
                "<<: ~\nredis: {<<: , <<: {}}",
                "redis: {<<: {<<: {<<: {server: external}}}}",
                // Complex and empty keys.
                "? redis\n: server: external\n",
                "? - a\n  - b\n: - c\n",
                "? |\n  redis\n: {}\n",
                "? >-\n  redis\n",
                "?",
                "? \n: ",
                ": a",
                ":",
                "'': {server: external}",
                "\"\": ",
                "~: {redis: {}}",
                "redis:\n  : external\n",
                "{: a, b: , : }",
                "{? , ? a, ? : b}",
                "[: a, ? b, c: ]",
                "? a: b: c",
                "redis:\n? mysql\n",
                "[redis]: {}",
                "{redis}: {}",
                "? ? ? redis\n: : : ",
                // Block scalars.
                "redis: |2\n  external",
                "redis: |2-\n   external",
                "redis: |+\n\n\n",
                "redis: >+9\n",
                "redis: |0\n a",
                "redis: |-+\n a",
                "redis: |#\n a",
                "redis: | # comment\n a",
                "redis: |\na",
                "redis: |\n\t",
                "redis: |\n \ta\n",
                "redis: |\n    a\n  b\n",
                "redis: >\n\n  a\n\n    b\n  c\n\n",
                "- |\n- >\n- |-\n",
                "|\n",
                "redis:\n  server: |-\n    external\n  configuration: >-\n    a\n",
                "redis: |1000000000000\n a",
                // Flow style.
                "{",
                "}",
                "]",
                "[,]",
                "{,}",
                "[a,,b]",
                "{a: b,, c: d}",
                "{a b: c d}",
                "{redis: {server: external}",
                "{redis: {server: external}}}",
                "{redis: [server: external]}",
                "[redis: {}, mysql: {}]",
                "{redis:{server:external}}",
                "{\"redis\":{\"server\":\"external\"}}",
                "{redis:\n{server:\nexternal}}",
                "redis: {\nserver: external\n}",
                "redis: [\n- server\n]",
                "redis: {server: external # comment\n}",
                "redis: {server: external#}",
                "{redis: server: external}",
                "[a\n]b",
                "{redis: {}} mysql: {}",
                "[[[[]]]]: a",
                "redis: {server: 'exter\n\n  nal'}",
                // Comments in odd places.
                "#",
                "# \u0000",
                "redis:# no comment\n",
                "redis: #\n#\n  #\n  server: external # external\n#",
                "redis: external# no comment",
                "redis: 'external'# comment?",
                "redis:\n  servers: # a\n  # b\n  - # c\n    # d\n    server: external",
                "--- # a\n# b\n... # c\n# d",
                "redis: a\n  # between\n  b\n",
                "redis: \"a # b\n# c\"\n",
                // Tabs.
                "\t",
                "\t\n\t\n",
                "\tredis:\t\n",
                "redis:\t{\tserver\t:\texternal\t}\t",
                "redis:\n  servers:\n  -\tserver:\texternal\n",
                "-\t-\ta",
                "?\tredis\n:\texternal\n",
                "redis: a\n\tb\n",
                "redis: a\n \tb\n",
                "redis: 'a\n\tb'\n",
                "redis: &a\tb",
                "redis: !!str\ta",
                "redis: |\t\n  a",
                "redis:\n \t # comment\n  server: external",
                "redis: {\n\tserver: external\n}",
                "%YAML\t1.1\n---\tredis",
                "redis:\n\u00a0\u00a0server: external",
                "redis:\n\u3000server: external",
                "redis:\n\u200b server: external",
                // Escapes and quotes.
                "redis: \"\\u0000\\x1b\\N\\_\\L\\P\"",
                "redis: \"\\/\"",
                "redis: \"\\\t\"",
                "redis: \"\\u12\"",
                "redis: \"\\ud800\"",
                "redis: \"\\U00110000\"",
                "redis: \"\\q\"",
                "redis: \"a\\\n  b\"",
                "redis: \"a\\",
                "redis: 'it''s'",
                "redis: 'a' 'b'",
                "redis: 'a'b",
                "redis: \"a\"b\"",
                "\"redis: external",
                "redis': external",
                "redis: \ud83d\ude00\n\ud83d\ude00: [",
                "\ud83d\ude00\ud83d\ude00: {a: [}",
                "redis: \u0085server: external",
                // What begins no value.
                "redis: @external",
                "redis: `external`",
                "redis: %external",
                "redis: -",
                "redis: - a",
                "redis: ? a",
                "redis: : a",
                "redis: , a",
                "redis: ] a",
                "redis: a: b",
                "redis: a\nmysql",
                "redis\nmysql: {}",
                "redis:\n   server: external\n  configuration: {}\n",
                "  redis: {}\n mysql: {}\n",
                "- redis: {}\nmysql: {}\n",
                "redis: {}\n- mysql\n",
                "redis:\n- server: external\n - server: external\n",
                // Numbers that are none.
                "redis: {configuration: {version: 0b11}}",
                "redis: {configuration: {version: 0o17}}",
                "redis: {configuration: {version: 1e999999999}}",
                "redis: {configuration: {version: .5}}",
                "redis: {configuration: {version: 5.}}",
                "redis: {configuration: {version: +5}}",
                "redis: {configuration: {version: 190:20:30.15}}",
                "redis: {configuration: {version: 2026-01-01}}",
                "redis: {configuration: {version: \u0667}}",
                "redis: {configuration: {version: ______}}",
                "redis: {configuration: {version: 0x}}",
                "redis: {server: {unique_name: .inf, size: .NaN, root_disk_size: -.INF}}",
                "production: &p {redis: *p}",
                "production: {<<: *production}");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void whatever_is_odd_gets_an_answer_with_places_inside_the_file(String yaml) {
        Answers.assertPlacesInside(yaml, Answers.problems(yaml.getBytes(UTF_8)));
    }

    @Test
    void mutilated_manifests_get_an_answer_with_places_inside_the_file() {
        Samples.all().stream()
                .filter(it -> it.text().length() < SHORT)
                .forEach(it -> mutilate(it, 30));
        Corpus.all().forEach(it -> mutilate(it, 8));
    }

    private static void mutilate(Samples.Sample manifest, int rounds) {
        for (var round = 0; round < rounds; round++) {
            var seed = SEED * manifest.name().hashCode() + round;
            var mutant = new Mutations(seed).of(manifest.text());
            var what = "%s with the seed %d:\n%s".formatted(manifest.path(), seed, mutant);
            try {
                Answers.assertPlacesInside(mutant, Answers.problems(mutant.getBytes(UTF_8)));
            } catch (RuntimeException | StackOverflowError | AssertionError failure) {
                throw new AssertionError("no good answer to " + what, failure);
            }
        }
    }

    private static List<Code> codesOf(String yaml) {
        return Answers.problems(yaml.getBytes(UTF_8)).stream().map(Problem::code).toList();
    }
}
