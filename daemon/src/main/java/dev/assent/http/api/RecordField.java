package dev.assent.http.api;

import dev.assent.manifest.Visible;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A value in the JSON of a record, and the way to it: `groups[0].servers[1].port`.
///
/// @param path empty for the whole text
record RecordField(String path, JsonNode json) {

    RecordField at(String name) {
        return new RecordField(path.isEmpty() ? name : path + "." + name, json.path(name));
    }

    boolean isAbsent() {
        return json.isMissingNode() || json.isNull();
    }

    /// The same without some of its fields.
    RecordField without(String... names) {
        return json instanceof ObjectNode object
                ? new RecordField(path, object.deepCopy().without(List.of(names)))
                : this;
    }

    RecordMistake mistake(String what) {
        return new RecordMistake((path.isEmpty() ? "it" : "`" + path + "`") + " " + what);
    }

    RecordMistake lacks(String name) {
        return mistake("has no `" + name + "`");
    }

    /// Refuses every field but these.
    void hasOnly(String... names) {
        if (!json.isObject()) throw mistake("is no JSON object");
        for (var name : json.propertyNames()) {
            if (!List.of(names).contains(name)) {
                throw mistake("has a field `%s`, which means nothing".formatted(Visible.of(name)));
            }
        }
    }

    Optional<String> text(String name) {
        var field = at(name);
        if (field.isAbsent()) return Optional.empty();
        if (!field.json.isString()) throw field.mistake("is no text; write it in quotes");
        return Optional.of(field.json.asString());
    }

    String needed(String name) {
        return text(name).orElseThrow(() -> lacks(name));
    }

    Optional<Boolean> flag(String name) {
        var field = at(name);
        if (field.isAbsent()) return Optional.empty();
        if (!field.json.isBoolean()) throw field.mistake("is neither true nor false");
        return Optional.of(field.json.asBoolean());
    }

    Optional<Long> number(String name) {
        var field = at(name);
        if (field.isAbsent()) return Optional.empty();
        if (!field.json.isIntegralNumber() || !field.json.canConvertToLong()) {
            throw field.mistake("is no whole number");
        }
        return Optional.of(field.json.asLong());
    }

    List<RecordField> list(String name) {
        var field = at(name);
        if (field.isAbsent()) throw lacks(name);
        if (!field.json.isArray()) throw field.mistake("is no list");
        return IntStream.range(0, field.json.size())
                .mapToObj(i -> new RecordField(field.path + "[" + i + "]", field.json.path(i)))
                .toList();
    }

    SortedMap<String, String> settings() {
        var field = at("settings");
        var settings = new TreeMap<String, String>();
        if (field.isAbsent()) return settings;
        if (!field.json.isObject()) throw field.mistake("is no JSON object");
        for (var name : field.json.propertyNames()) settings.put(name, field.needed(name));
        return settings;
    }

    /// A value that knows itself whether it is one.
    <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw mistake("is wrong: " + Visible.of(String.valueOf(e.getMessage())));
        }
    }
}
