package dev.assent.forge.fake;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes JSON Schema of OpenAPI 3.0's own kind of it: `nullable`, which only OpenAPI knows. Besides
/// it becomes stricter: what a description does not name must not be said, lest a test relies on a
/// field that no forge has.
final class OpenApiSchemas {

    private OpenApiSchemas() {}

    static JsonNode of(JsonNode description) {
        return converted(description, false);
    }

    private static JsonNode converted(JsonNode node, boolean part) {
        if (node instanceof ArrayNode list) {
            var converted = JsonMapper.shared().createArrayNode();
            list.forEach(it -> converted.add(converted(it, part)));
            return converted;
        }
        if (!(node instanceof ObjectNode object)) return node;
        var converted = JsonMapper.shared().createObjectNode();
        object.forEachEntry((key, value) ->
                converted.set(key, converted(value, key.equals("allOf") || key.equals("anyOf"))));
        if (!part && isClosed(object)) converted.put("additionalProperties", false);
        return object.path("nullable").asBoolean(false) ? orNull(converted) : converted;
    }

    private static boolean isClosed(ObjectNode object) {
        return object.path("properties").isObject()
                && object.path("type").asString("").equals("object")
                && !object.has("additionalProperties")
                && !object.has("allOf")
                && !object.has("anyOf")
                && !object.has("oneOf");
    }

    private static JsonNode orNull(ObjectNode schema) {
        schema.remove("nullable");
        var either = JsonMapper.shared().createObjectNode();
        either.putArray("anyOf")
                .add(schema)
                .add(JsonMapper.shared().createObjectNode().put("type", "null"));
        return either;
    }
}
