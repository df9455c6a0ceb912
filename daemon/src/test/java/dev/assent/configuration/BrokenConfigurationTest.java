package dev.assent.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assent.manifest.Code;
import dev.assent.manifest.Explanation;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Configurations that are wrong: what is said of them, and that nothing can be written that is
/// answered otherwise than with problems.
class BrokenConfigurationTest {

    private static final Path SAMPLES = Path.of("../samples/broken-config");
    private static final long SEED = 27_736;
    private static final List<String> SECRETS = List.of("hunter2", "ghp_16C7", "T000/B000");

    static List<Path> samples() throws IOException {
        try (var folders = Files.list(SAMPLES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void each_mistake_is_said_as_it_is_written_down(Path sample) throws IOException {
        var text =
                problems(sample).stream()
                        .map(ProblemText::of)
                        .collect(Collectors.joining("\n\n", "", "\n"));
        var golden = sample.resolve("problems.txt");
        if ("write".equals(System.getProperty("assent.golden"))) Files.writeString(golden, text);

        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void no_secret_is_told_with_it(Path sample) throws IOException {
        assertThat(problems(sample))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.toString()).doesNotContain(SECRETS));
    }

    @Test
    void every_code_of_configurations_is_shown_by_a_sample_and_explained() throws IOException {
        var shown = samples().stream().flatMap(it -> codes(it).stream()).toList();

        assertThat(Arrays.stream(Code.values()).filter(it -> it.id().startsWith("ASN14")))
                // Who may read a file is nothing that a repository keeps.
                .filteredOn(it -> it != Code.OPEN_SECRET)
                .allSatisfy(it -> assertThat(shown).contains(it))
                .allSatisfy(it -> assertThat(Explanation.of(it)).contains("Wrong:", "Right:"));
    }

    @Test
    void nothing_that_a_configuration_can_hold_is_answered_otherwise_than_with_problems()
            throws IOException {
        var random = new Random(SEED);
        var whole = Files.readAllBytes(Path.of("../samples/assent.yml"));
        var others = new java.util.ArrayList<>(List.of(whole));
        for (var it : samples()) others.add(Files.readAllBytes(it.resolve("assent.yml")));
        var words =
                List.of(
                        "0x1F",
                        "-1",
                        "1_000",
                        "99999999999999999999",
                        "null",
                        "~",
                        "[]",
                        "{}",
                        "\"\\0\"",
                        "yes",
                        "1.5",
                        "!!int 3",
                        "&a",
                        "*a",
                        "<<: *a",
                        "\t",
                        "\"",
                        "{",
                        "]",
                        "://",
                        "é\u202e");

        for (var i = 0; i < 600; i++) {
            var text = new String(others.get(random.nextInt(others.size())), UTF_8);
            for (var j = 0; j <= random.nextInt(3); j++) {
                text = changed(text, words.get(random.nextInt(words.size())), random);
            }
            var mutant = text;
            assertThatCode(() -> read(mutant.getBytes(UTF_8)))
                    .as(mutant)
                    .doesNotThrowAnyException();
        }
        for (var i = 0; i < 200; i++) {
            var bytes = whole.clone();
            for (var j = 0; j < 3; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> read(bytes)).doesNotThrowAnyException();
        }
    }

    @Test
    void what_is_too_large_or_too_deep_is_said_and_not_read() {
        var large = read("#".repeat(2 << 20).getBytes(UTF_8));
        var deep = read(("repositories: " + "[".repeat(100_000)).getBytes(UTF_8));
        var laughs = new StringBuilder("a0: &a0 [ha]\n");
        for (var i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }

        assertThat(large).extracting(Problem::code).containsExactly(Code.TOO_LARGE);
        assertThat(deep).extracting(Problem::code).containsExactly(Code.TOO_DEEP);
        assertThat(read(laughs.toString().getBytes(UTF_8)))
                .extracting(Problem::code)
                .containsExactly(Code.TOO_MANY_ALIASES);
    }

    @Test
    void a_thousand_repositories_are_checked_in_no_time_variables_and_all() {
        var text = new StringBuilder("repositories:\n");
        for (var i = 0; i < 1_000; i++) {
            text.append(
                    "- {name: r%d, url: \"https://git.example.org/r%d.git\"}\n".formatted(i, i));
        }

        var checked =
                new ConfigurationReader()
                        .read(
                                "assent.yml",
                                text.toString().getBytes(UTF_8),
                                Map.of("ASSENT_CONFIG_REPOSITORIES_R999_POLL", "10s"));

        assertThat(checked)
                .isInstanceOfSatisfying(
                        ConfigurationReading.Valid.class,
                        it ->
                                assertThat(it.configuration().repositories().getLast().poll())
                                        .hasSeconds(10));
    }

    private static String changed(String text, String word, Random random) {
        var from = random.nextInt(text.length() + 1);
        var to = Math.min(text.length(), from + random.nextInt(8));
        return text.substring(0, from) + word + text.substring(to);
    }

    private static List<Code> codes(Path sample) {
        try {
            return problems(sample).stream().map(Problem::code).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Problem> problems(Path sample) throws IOException {
        var environment = new LinkedHashMap<String, String>();
        var file = sample.resolve("environment");
        try (var lines = Files.exists(file) ? Files.lines(file) : Stream.<String>empty()) {
            lines.map(it -> it.split("=", 2)).forEach(it -> environment.put(it[0], it[1]));
        }
        return new ConfigurationReader()
                .check("assent.yml", Files.readAllBytes(sample.resolve("assent.yml")), environment)
                .problems();
    }

    private static List<Problem> read(byte[] bytes) {
        return new ConfigurationReader().check("assent.yml", bytes, Map.of()).problems();
    }
}
