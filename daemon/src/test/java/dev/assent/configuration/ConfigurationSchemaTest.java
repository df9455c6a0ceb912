package dev.assent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.SchemaPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The schema is what people read of the configuration: its pages are made of it.
class ConfigurationSchemaTest {

    private static final Path SCHEMA = Path.of("../schema/config.schema.json");

    @Test
    void every_key_is_described_so_that_a_page_can_be_made_of_it() throws IOException {
        assertThat(keys()).hasSizeGreaterThan(60);
        keys().forEach((path, part) -> {
            assertThat(part.says("description").orElse(""))
                    .as(path)
                    .matches("(?s)\\S.{2,}")
                    .endsWith(".");
            assertThat(
                            part.otherwise().isPresent()
                                    || !part.examples().isEmpty()
                                    || part.json().has("enum")
                                    || !part.keys().isEmpty()
                                    || part.named().isPresent()
                                    || part.items().isPresent()
                                    || part.says("description").orElse("").contains("Default:"))
                    .as("a default or an example of " + path)
                    .isTrue();
        });
    }

    @Test
    void the_sample_shows_every_key_in_force_or_in_a_comment() throws IOException {
        var sample = Files.readString(Path.of("../samples/assent.yml"));

        assertThat(keys().keySet())
                .allSatisfy(it -> {
                    var key = it.substring(it.lastIndexOf('.') + 1);
                    assertThat(sample).containsPattern("(?m)[\\s{\\-#]" + Pattern.quote(key) + ":");
                });
    }

    @Test
    void every_key_that_names_a_file_with_a_secret_says_so() throws IOException {
        keys().forEach((path, part) -> {
            var namesFile = path.endsWith("_file") && !path.endsWith("env_file");
            if (namesFile || path.endsWith("ssh_key")) {
                assertThat(part.says(SchemaPart.FILE)).as(path).contains("secret");
            }
        });
    }

    private static Map<String, SchemaPart> keys() throws IOException {
        var json = JsonMapper.shared().readTree(Files.readString(SCHEMA));
        var keys = new LinkedHashMap<String, SchemaPart>();
        collect("", new SchemaPart(json, json), keys);
        return keys;
    }

    private static void collect(String before, SchemaPart part, Map<String, SchemaPart> keys) {
        part.keys()
                .forEach((key, it) -> {
                    keys.put(before + key, it);
                    collect(before + key + ".", it, keys);
                });
        part.named().ifPresent(it -> collect(before, it, keys));
        part.items().ifPresent(it -> collect(before, it, keys));
    }
}
