package dev.assent.forge.fake;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The least that a schema allows.
final class Sketch {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OpenApi description;

    Sketch(OpenApi description) {
        this.description = description;
    }

    JsonNode of(JsonNode schema) {
        var it = description.resolved(schema);
        if (it.path("nullable").asBoolean(false)) return JSON.nullNode();
        if (it.path("enum").isArray()) return it.path("enum").get(0);
        for (var either : new String[] {"oneOf", "anyOf"}) {
            if (it.path(either).isArray() && !it.has("properties")) {
                return of(it.path(either).get(0));
            }
        }
        if (it.path("allOf").isArray()) return all(it);
        return switch (it.path("type").asString(it.has("properties") ? "object" : "string")) {
            case "object" -> object(it);
            case "array" -> list(it);
            case "integer", "number" -> JSON.numberNode(it.path("minimum").asInt(1));
            case "boolean" -> JSON.booleanNode(false);
            default -> JSON.stringNode(text(it.path("format").asString("")));
        };
    }

    private ObjectNode all(JsonNode schema) {
        var whole = object(schema);
        for (var part : schema.path("allOf")) {
            if (of(part) instanceof ObjectNode object) whole.setAll(object);
        }
        return whole;
    }

    /// An object, even where there could be none.
    ObjectNode object(JsonNode schema) {
        var object = JsonMapper.shared().createObjectNode();
        for (var key : schema.path("required")) {
            object.set(key.asString(), of(schema.path("properties").path(key.asString())));
        }
        return object;
    }

    private ArrayNode list(JsonNode schema) {
        var list = JsonMapper.shared().createArrayNode();
        for (var i = 0; i < schema.path("minItems").asInt(0); i++)
            list.add(of(schema.path("items")));
        return list;
    }

    private static String text(String format) {
        return switch (format) {
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "date" -> "2026-01-01";
            case "uri" -> "https://forge.example/x";
            case "email" -> "nobody@forge.example";
            default -> "x";
        };
    }
}
