package dev.assent.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A schema from the class path: what editors check with, and what the program checks with.
record SchemaFile(JsonNode json) {

    /// How a message says what a value must be.
    static final String EXPECTED = "x-expected";

    /// What to write instead of a key that is out of date.
    static final String INSTEAD = "x-instead";

    /// The manifest's.
    static final SchemaFile MANIFEST = load("/schema/manifest.schema.json");

    static SchemaFile load(String resource) {
        try (var in = open(resource)) {
            return new SchemaFile(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own " + resource + " is unreadable", e);
        }
    }

    private static InputStream open(String resource) {
        var in = SchemaFile.class.getResourceAsStream(resource);
        if (in == null) throw new IllegalStateException("the program lacks its own " + resource);
        return in;
    }

    /// The keys that a part (one of `$defs`) describes, in the order of the schema.
    Set<String> keys(String part) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(properties(part).propertyNames()));
    }

    /// Whether a part describes a key.
    boolean has(String part, String key) {
        return properties(part).has(key);
    }

    /// Whether any part describes a key.
    boolean knows(String key) {
        return json.path("$defs").propertyNames().stream().anyMatch(it -> has(it, key));
    }

    /// What is said of one key of a part.
    Optional<String> annotation(String part, String key, String annotation) {
        return properties(part).path(key).path(annotation).stringValueOpt();
    }

    /// The value that one key of a part has where it is left out.
    Optional<String> defaultOf(String part, String key) {
        return properties(part).path(key).path("default").asStringOpt();
    }

    /// The words of a list that is said of one key of a part; none where nothing is said.
    List<String> annotations(String part, String key, String annotation) {
        return properties(part)
                .path(key)
                .path(annotation)
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /// What is to be written instead of the keys of a part that are out of date.
    Map<String, String> replacements(String part) {
        var replacements = new HashMap<String, String>();
        properties(part)
                .forEachEntry((key, said) ->
                        said.path(INSTEAD)
                                .stringValueOpt()
                                .ifPresent(it -> replacements.put(key, it)));
        return replacements;
    }

    private JsonNode properties(String part) {
        return json.path("$defs").path(part).path("properties");
    }

    /// The schema that a JSON pointer to one of its keywords belongs to.
    JsonNode around(String keywordPointer) {
        var steps = new ArrayDeque<>(List.of(keywordPointer.split("/")));
        steps.pollFirst();
        steps.pollLast();
        var node = json;
        for (var step : steps) {
            var key = step.replace("~1", "/").replace("~0", "~");
            node = node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
        }
        return node;
    }
}
