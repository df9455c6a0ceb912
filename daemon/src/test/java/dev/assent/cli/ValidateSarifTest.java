package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `assent validate --format sarif`.
class ValidateSarifTest {

    private static final String PUBLISHED = "/schema/sarif-schema-2.1.0.json";
    private static final String BAD = "redis: {configuration: {version: newest}}\n";

    private static Schema schema;

    @TempDir Path folder;

    @BeforeAll
    static void loadSchema() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(Dialects.getDraft7()).getSchema(published());
    }

    @Test
    void the_published_schema_is_a_check_that_can_fail() {
        var wrong = sarif(Path.of("../samples/broken")).toString();

        assertThat(errors(wrong.replaceFirst("\"startLine\":1", "\"startLine\":0"))).isNotEmpty();
        assertThat(errors(wrong.replaceFirst("ASN1101-", "% ASN1101-"))).isNotEmpty();
        assertThat(errors(wrong.replaceFirst("\"ruleId\"", "\"rule\""))).isNotEmpty();
    }

    @Test
    void every_sample_is_printed_as_the_published_schema_wants_it() throws IOException {
        var samples = sarif(Path.of("../samples"));

        assertThat(errors(samples.toString())).isEmpty();
        assertThat(samples.path("$schema").stringValue())
                .isEqualTo(published().path("$id").stringValue());
        assertThat(samples.at("/runs/0/results").size()).isGreaterThan(45);
        for (var result : samples.at("/runs/0/results")) {
            var rule =
                    samples.at("/runs/0/tool/driver/rules/" + result.path("ruleIndex").intValue());
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(rule.path("defaultConfiguration").path("level"))
                    .isEqualTo(result.path("level"));
            var region = result.at("/locations/0/physicalLocation/region");
            var start = region.path("startLine").intValue();
            var end = region.path("endLine").intValue();
            assertThat(end).isGreaterThanOrEqualTo(start);
            if (end == start) {
                assertThat(region.path("endColumn").intValue())
                        .isGreaterThanOrEqualTo(region.path("startColumn").intValue());
            }
        }
    }

    @Test
    void nothing_wrong_and_nothing_at_all_are_valid_sarif_too() {
        assertThat(errors(sarif(Path.of("../samples/shop")).toString())).isEmpty();
        assertThat(errors(sarif(Path.of("nowhere")).toString())).isEmpty();
    }

    @Test
    void a_name_may_be_as_odd_as_it_likes() throws IOException {
        var odd = folder.resolve("100% a:b \"ü\" 🦊/manifest [1]?#.yml");
        Files.createDirectories(odd.getParent());
        Files.writeString(odd, BAD);
        var relative = Path.of("").toAbsolutePath().relativize(odd);

        var absolute = sarif(odd);
        var beneath = sarif(relative);
        var input =
                JsonMapper.shared()
                        .readTree(Typed.reading(BAD, "validate", "--format", "sarif", "-").out());

        assertThat(errors(absolute.toString())).isEmpty();
        assertThat(errors(beneath.toString())).isEmpty();
        assertThat(errors(input.toString())).isEmpty();
        assertThat(artifact(absolute).path("uri").stringValue())
                .startsWith("file:///")
                .endsWith(
                        "/100%25%20a%3Ab%20%22%C3%BC%22%20%F0%9F%A6%8A/manifest%20%5B1%5D%3F%23.yml");
        assertThat(URI.create(artifact(absolute).path("uri").stringValue()))
                .satisfies(it -> assertThat(Path.of(it)).isEqualTo(odd));
        assertThat(artifact(absolute).has("uriBaseId")).isFalse();
        assertThat(artifact(beneath).path("uri").stringValue()).startsWith("../");
        assertThat(artifact(beneath).path("uriBaseId").stringValue()).isEqualTo("%SRCROOT%");
        assertThat(artifact(input).path("uri").stringValue()).isEqualTo("%3Cstdin%3E");
    }

    @Test
    void a_result_names_rule_and_region_and_the_rule_explains_itself() {
        var run = read(BAD).path("runs").path(0);

        var rule = run.at("/tool/driver/rules/0");
        assertThat(rule.path("id").stringValue()).isEqualTo("ASN1301");
        assertThat(rule.at("/fullDescription/text").stringValue()).doesNotContain("\n", "#");
        assertThat(rule.at("/help/markdown").stringValue()).startsWith("# ASN1301");
        var result = run.path("results").path(0);
        assertThat(result.path("ruleId").stringValue()).isEqualTo("ASN1301");
        assertThat(result.path("level").stringValue()).isEqualTo("error");
        assertThat(result.at("/message/text").stringValue()).contains("`newest` is no version");
        assertThat(result.at("/locations/0/physicalLocation/region").toString())
                .isEqualTo("{\"startLine\":1,\"startColumn\":34,\"endLine\":1,\"endColumn\":40}");
    }

    @Test
    void mended_lines_are_a_fix_of_whole_lines() {
        var run = read("redis:\n  configuration:\n    version: v7.2 # old\n").path("runs").path(0);

        assertThat(run.at("/results/0/fixes/0/artifactChanges/0/replacements/0").toString())
                .isEqualTo(
                        "{\"deletedRegion\":{\"startLine\":3,\"endLine\":3},"
                                + "\"insertedContent\":{\"text\":\"    version: \\\"7.2\\\" # old\"}}");
        assertThat(read(BAD).at("/runs/0/results/0").has("fixes")).isFalse();
    }

    @Test
    void a_problem_is_the_same_when_it_moves_and_another_when_it_stands_twice() {
        var one = prints(read(BAD));
        var moved = prints(read("# a comment\n\n" + BAD));
        var twice =
                prints(
                        read(
                                "mysql: {groups: {a: {server: {same_as: x}}, b: {server: {same_as: y}}}}"));

        assertThat(moved).isEqualTo(one);
        assertThat(twice).hasSize(2).doesNotHaveDuplicates();
    }

    private static JsonNode read(String yaml) {
        return JsonMapper.shared()
                .readTree(Typed.reading(yaml, "validate", "--format", "sarif", "-").out());
    }

    private static JsonNode sarif(Path path) {
        var typed = Typed.inScript("validate", "--format", "sarif", path);
        return JsonMapper.shared().readTree(typed.out());
    }

    private static List<String> prints(JsonNode log) {
        return log.findValuesAsString("assentProblem/v1");
    }

    private static JsonNode artifact(JsonNode log) {
        return log.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation");
    }

    private static List<Error> errors(String log) {
        return schema.validate(
                JsonMapper.shared().readTree(log),
                it -> it.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode published() throws IOException {
        try (var in = ValidateSarifTest.class.getResourceAsStream(PUBLISHED)) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
