package dev.assent.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One place of a schema: what it says of the value that stands there, and where it leads on.
///
/// @param root the whole schema, for what is described elsewhere in it
public record SchemaPart(JsonNode root, JsonNode json) {

    /// What a file may name here: `secret`, a file that nobody else may read, or `plain`.
    public static final String FILE = "x-file";

    /// A value that is shown nowhere and is never given by a variable.
    public static final String SECRET = "x-secret";

    private static final String DEFINITIONS = "#/$defs/";

    /// Follows the reference, if it is one.
    public SchemaPart {
        var to = json.path("$ref").asString("");
        if (to.startsWith(DEFINITIONS)) {
            json = root.path("$defs").path(to.substring(DEFINITIONS.length()));
        }
    }

    static SchemaPart of(SchemaFile file) {
        return new SchemaPart(file.json(), file.json());
    }

    /// The keys that are described by their names, in the order of the schema.
    public Map<String, SchemaPart> keys() {
        var keys = new LinkedHashMap<String, SchemaPart>();
        json.path("properties").forEachEntry((key, it) -> keys.put(key, new SchemaPart(root, it)));
        return keys;
    }

    /// What is said of keys that anybody may choose: names.
    public Optional<SchemaPart> named() {
        var others = json.path("additionalProperties");
        return others.isObject() ? Optional.of(new SchemaPart(root, others)) : Optional.empty();
    }

    /// What is said of the items of a list.
    public Optional<SchemaPart> items() {
        var items = json.path("items");
        return items.isObject() ? Optional.of(new SchemaPart(root, items)) : Optional.empty();
    }

    /// What is said of the value of a key.
    public Optional<SchemaPart> at(String key) {
        return Optional.ofNullable(keys().get(key)).or(this::named);
    }

    /// The text of one annotation.
    public Optional<String> says(String annotation) {
        return json.path(annotation).stringValueOpt();
    }

    /// The value that counts where none is given.
    public Optional<JsonNode> otherwise() {
        return Optional.ofNullable(json.get("default"));
    }

    /// The values with which the schema shows what it means.
    public List<JsonNode> examples() {
        return json.path("examples").valueStream().toList();
    }

    /// Whether a value is a secret.
    public boolean isSecret() {
        return json.path(SECRET).asBoolean(false);
    }

    /// Whether a value of this kind (`string`, `array`, …) may stand here.
    boolean takes(String kind) {
        var type = json.path("type");
        return type.isArray()
                ? type.valueStream().anyMatch(it -> it.asString().equals(kind))
                : type.asString("").equals(kind);
    }

    /// Whether a value is a text whatever it looks like.
    boolean isText() {
        return takes("string") || json.has("enum");
    }
}
