package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `assent validate --format github`.
class ValidateGitHubTest {

    /// A workflow command, as GitHub documents it: values without what ends them.
    private static final Pattern COMMAND =
            Pattern.compile(
                    "::(error|warning) ((?:\\w+=[^,:\\r\\n]*)(?:,\\w+=[^,:\\r\\n]*)*)::(.*)");

    @TempDir Path folder;

    record Annotation(String level, Map<String, String> properties, String message) {

        static Annotation parse(String line) {
            var matcher = COMMAND.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            var properties = new LinkedHashMap<String, String>();
            Arrays.stream(matcher.group(2).split(","))
                    .map(it -> it.split("=", 2))
                    .forEach(it -> properties.put(it[0], unescaped(it[1])));
            return new Annotation(matcher.group(1), properties, unescaped(matcher.group(3)));
        }

        String property(String name) {
            return Objects.requireNonNull(properties.get(name), name);
        }

        int number(String name) {
            return Integer.parseInt(property(name));
        }

        private static String unescaped(String text) {
            assertThat(text).matches("([^%]|%(25|0D|0A|3A|2C))*");
            return text.replace("%0D", "\r")
                    .replace("%0A", "\n")
                    .replace("%3A", ":")
                    .replace("%2C", ",")
                    .replace("%25", "%");
        }
    }

    @Test
    void every_broken_sample_becomes_annotations_and_nothing_else() {
        var annotations = annotations(Path.of("../samples/broken"));

        assertThat(annotations)
                .hasSizeGreaterThan(45)
                .allSatisfy(it -> {
                    assertThat(it.property("title")).matches("ASN1\\d{3}");
                    assertThat(it.property("file")).startsWith("../samples/broken/" + sample(it));
                    assertThat(it.number("endLine")).isGreaterThanOrEqualTo(it.number("line"));
                    assertThat(it.properties().containsKey("col"))
                            .isEqualTo(it.number("endLine") == it.number("line"));
                    assertThat(it.message()).isNotBlank();
                });
        assertThat(annotations).extracting(Annotation::level).contains("error", "warning");
    }

    @Test
    void what_is_fine_prints_nothing() {
        assertThat(annotations(Path.of("../samples/shop"))).isEmpty();
    }

    @Test
    void everything_that_means_something_to_github_is_escaped() throws IOException {
        var odd = folder.resolve("a,b:c\nd%25manifest.yml");
        Files.writeString(odd, "redis: {configuration: {version: 100%}}\n");

        var annotation = annotations(odd).getFirst();

        assertThat(annotation.properties())
                .containsEntry("file", odd.toString())
                .containsEntry("line", "1")
                .containsEntry("col", "34")
                .containsEntry("endColumn", "38");
        assertThat(annotation.message()).startsWith("`100%` is no version");
    }

    /// The hundredth problem and those after it come under the code of the sample.
    private static String sample(Annotation annotation) {
        return annotation.property("file").contains("ASN1199")
                ? "ASN1199"
                : annotation.property("title");
    }

    private static List<Annotation> annotations(Path path) {
        var typed = Typed.inScript("validate", "--format", "github", path);
        assertThat(typed.err()).isEmpty();
        return typed.out().lines().map(Annotation::parse).toList();
    }
}
