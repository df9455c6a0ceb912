package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManualTest {

    @Test
    void the_page_of_the_command_line_has_every_command_that_the_help_has() {
        var page = page("assent.1");

        var commands =
                Typed.inScript("--help")
                        .out()
                        .lines()
                        .filter(it -> it.matches(" {2}[a-z]+ {2,}.*"))
                        .map(it -> it.strip().split(" ")[0])
                        .toList();
        assertThat(commands).hasSizeGreaterThan(25);
        assertThat(commands).allSatisfy(it -> assertThat(page).contains("\\fBassent " + it));
        assertThat(page).contains("\\fBassent config reload\\fP").contains("\\-\\-destroy");
    }

    @Test
    void the_page_of_the_configuration_has_every_setting_with_its_default() throws Exception {
        var page = page("assent.yml.5");

        var keys = new ArrayList<String>();
        collect(
                JsonMapper.shared()
                        .readTree(Files.readString(Path.of("../schema/config.schema.json"))),
                keys);
        assertThat(keys).contains("poll_timeout", "smtp", "signed_since");
        assertThat(keys).allSatisfy(it -> assertThat(page).contains(ManText.bold(it)));
        assertThat(page).contains("Default: \\fB30s\\fP.");
    }

    @Test
    void whatever_stands_in_a_text_stays_what_it_is() {
        assertThat(ManText.text(".no macro, \\no escape, `--option`, …"))
                .isEqualTo("\\&.no macro, \\eno escape, \\fB\\-\\-option\\fP, \\[u2026]");
    }

    private static String page(String name) {
        var typed = Typed.inScript("help", "--manual", name);
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out()).startsWith(".TH ASSENT").doesNotContain("@EVERYTHING@");
        return typed.out();
    }

    private static void collect(JsonNode schema, List<String> keys) {
        schema.path("properties").properties().forEach(it -> keys.add(it.getKey()));
        schema.valueStream().forEach(it -> collect(it, keys));
    }
}
