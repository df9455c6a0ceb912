package dev.assent.cli;

import static dev.assent.cli.ManText.bold;

import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the manual page `assent.yml(5)` says of each setting, from the schema of the configuration.
final class SettingPages {

    private static final String REFERENCE = "$ref";

    private final ManText page = new ManText();
    private final JsonNode whole;

    private SettingPages(JsonNode whole) {
        this.whole = whole;
    }

    static String of(JsonNode schema) {
        var pages = new SettingPages(schema);
        schema.path("properties")
                .properties()
                .forEach(it -> pages.setting(it.getKey(), it.getValue()));
        return pages.page.toString();
    }

    private void setting(String key, JsonNode schema) {
        page.term(bold(key), meaning(schema.has(REFERENCE) ? referred(schema) : schema));
        page.in();
        below(schema);
        page.out();
    }

    /// What an object, or each of a list, or whatever somebody names, consists of.
    private void below(JsonNode schema) {
        if (schema.has(REFERENCE)) below(referred(schema));
        schema.path("properties").properties().forEach(it -> setting(it.getKey(), it.getValue()));
        below("items", schema);
        below("additionalProperties", schema);
    }

    private void below(String word, JsonNode schema) {
        if (schema.path(word).isObject()) below(schema.path(word));
    }

    private JsonNode referred(JsonNode schema) {
        return whole.at(schema.path(REFERENCE).stringValue().substring(1));
    }

    private static String meaning(JsonNode schema) {
        var sentences = new ArrayList<String>();
        text(schema.path("description")).ifPresent(sentences::add);
        var items = schema.path("enum").isMissingNode() ? schema.path("items") : schema;
        if (items.path("enum").isArray()) {
            var words = items.path("enum").valueStream().map(JsonNode::asString).toList();
            sentences.add("One of: " + String.join(", ", words) + ".");
        }
        var usual = schema.path("default");
        if (usual.isValueNode()) sentences.add("Default: `" + usual.asString() + "`.");
        if (usual.isArray()) {
            var words = usual.valueStream().map(JsonNode::asString).toList();
            sentences.add("Default: `[" + String.join(", ", words) + "]`.");
        }
        return String.join(" ", sentences);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
