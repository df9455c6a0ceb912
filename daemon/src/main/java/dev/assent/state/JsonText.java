package dev.assent.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lists and maps of texts in one column.
final class JsonText {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, String>> MAP = new TypeReference<>() {};

    private JsonText() {}

    static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static List<String> list(String json) {
        return MAPPER.readValue(json, LIST);
    }

    static SortedMap<String, String> map(String json) {
        return MAPPER.readValue(json, MAP);
    }

    static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }
}
