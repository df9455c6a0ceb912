package dev.assent.manifest;

import static dev.assent.manifest.Manifests.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    redis: [a]                               | `redis` must be a mapping with `configuration` and `servers`, or with `groups`, and is a list
                    redis: {groups: [a]}                     | `groups` must be a mapping from group names to groups, and is a list
                    redis: {configuration: fast}             | `configuration` must be a mapping of settings, and is `fast`
                    redis: {servers: 3}                      | `servers` must be a list of servers, and is `3`
                    redis: {server: {size: [a]}}             | `size` must be a text, a number or `true` or `false`, and is a list
                    redis: {primary: maybe}                  | `primary` must be `true` or `false`, and is `maybe`
                    redis: {backups: {keep: 0}}              | `keep` must be at least 1, and is `0`
                    redis: {backups: {keep: many}}           | `keep` must be a whole number, and is `many`
                    redis: {backups: {type: txt}}            | `type` must be `text` or `binary`, and is `txt`
                    redis: {backups: {schedule: daily}}      | `schedule` must be five fields as in a crontab, such as `0 3 * * *`, and is `daily`
                    redis: {backups: {gzip: }}               | `gzip` must be `true` or `false`, and is empty
                    redis: {replicate_from: {app: shop}}     | `replicate_from` lacks `group`
                    redis: {replicate_from: {group: a, x: 1}} | there is no key `x` here
                    """)
    void what_the_schema_does_not_allow_is_said_in_plain_words(String yaml, String message) {
        assertThat(problem(yaml).message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    redis: {backups: {keep: "10"}}      | write it without quotes
                    redis: {primary: "yes"}             | write it without quotes
                    redis: {groups: [a]}                | remove the dashes: it has keys and no items
                    redis: {server: {unique_name: yes}} | YAML reads this as true or false; quote it: "yes"
                    """)
    void what_is_of_the_wrong_kind_comes_with_a_way_out(String yaml, String suggestion) {
        assertThat(problem(yaml).suggestion()).contains(suggestion);
    }

    @Test
    void no_message_speaks_the_language_of_schemas() {
        for (var sample : Samples.broken()) {
            assertThat(sample.problems())
                    .extracting(Problem::message)
                    .allSatisfy(it ->
                            assertThat(it.replaceAll("`[^`]*`", ""))
                                    .doesNotContainPattern(
                                            "(?i)schema|pattern|\\bnull\\b|\\bstring\\b|\\bobject\\b|enum|\\^"));
        }
    }

    @Test
    void the_schema_is_a_schema_and_its_examples_follow_it() {
        var json = SchemaFile.MANIFEST.json();
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var meta = registry.getSchema(SchemaLocation.of(json.path("$schema").stringValue()));

        assertThat(meta.validate(json)).isEmpty();
        assertThat(json.path("$id").stringValue()).startsWith("urn:");
        assertThat(registry.getSchema(json).validate(json.path("examples").path(0))).isEmpty();
    }

    @Test
    void every_key_is_described_for_editors() {
        assertDescribed(SchemaFile.MANIFEST.json().path("$defs").path("configuration"));
        assertDescribed(SchemaFile.MANIFEST.json().path("$defs").path("server"));
        assertDescribed(SchemaFile.MANIFEST.json().path("$defs").path("backups"));
        assertDescribed(SchemaFile.MANIFEST.json().path("$defs").path("replicate_from"));
    }

    private static void assertDescribed(JsonNode part) {
        assertThat(part.path("properties").properties())
                .isNotEmpty()
                .allSatisfy(it -> {
                    assertThat(it.getValue().has("title")).as(it.getKey()).isTrue();
                    assertThat(it.getValue().has("description")).as(it.getKey()).isTrue();
                    assertThat(it.getValue().has("examples")).as(it.getKey()).isTrue();
                });
    }

    @Test
    void every_setting_says_when_it_counts() {
        for (var part : new String[] {"configuration", "server"}) {
            for (var key : SchemaFile.MANIFEST.keys(part)) {
                assertThat(SchemaFile.MANIFEST.annotation(part, key, AppliedOn.ANNOTATION))
                        .as("%s of %s", key, part)
                        .isPresent();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "configuration,version,BUILD",
        "configuration,root_disk_size,BUILD",
        "configuration,postgis.version,BUILD",
        "configuration,tamper_with_yml,REDEPLOY",
        "configuration,memory,REDEPLOY",
        "configuration,unheard_of,BUILD",
        "server,size,BUILD",
        "component,groups,UPGRADE"
    })
    void when_a_setting_counts_is_read_from_the_schema(String part, String key, AppliedOn when) {
        assertThat(AppliedOn.of(part, key)).isEqualTo(when);
    }

    @Test
    void any_file_with_a_schema_is_read_the_same_way() {
        var file = YamlFile.describedBy("/schema/manifest.schema.json");

        var good = file.read("some.yml", "redis: {servers: [a: 1, b: 2]}".getBytes(UTF_8));
        var bad = file.read("some.yml", "redis: {servers: 3, servers: 4}".getBytes(UTF_8));
        var worse = file.read("some.yml", "redis: [".getBytes(UTF_8));
        good.report(
                Code.NOT_ALLOWED,
                good.root().entry("redis").orElseThrow().keySpot(),
                "not today",
                Optional.of("tomorrow"));

        assertThat(good.root().mapping("redis").orElseThrow().list("servers")).hasSize(2);
        assertThat(good.problems()).extracting(Problem::message).containsExactly("not today");
        assertThat(bad.problems())
                .extracting(Problem::code)
                .containsExactly(Code.DUPLICATE_KEY, Code.WRONG_TYPE);
        assertThat(worse.problems()).extracting(Problem::code).containsExactly(Code.NOT_YAML);
        assertThat(worse.root().entries()).isEmpty();
    }
}
