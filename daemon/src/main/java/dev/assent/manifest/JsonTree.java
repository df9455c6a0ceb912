package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.manifest.Tree.Kind;
import dev.assent.model.Place;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/// A value of a schema, a default for instance, as if it stood in the file.
final class JsonTree {

    private JsonTree() {}

    /// The value at a place of the tree.
    static Tree of(JsonNode json, Pointer pointer, Place place) {
        if (json.isObject()) {
            var entries = new ArrayList<Entry>();
            json.forEachEntry((key, it) ->
                    entries.add(new Entry(key, place, of(it, pointer.child(key), place))));
            return new Tree.Mapping(place, pointer, entries, false);
        }
        if (json.isArray()) {
            var items = new ArrayList<Tree>();
            json.forEach(it -> items.add(of(it, pointer.child(items.size()), place)));
            return new Tree.Sequence(place, pointer, items);
        }
        return new Tree.Scalar(place, pointer, json.asString(""), kind(json));
    }

    private static Kind kind(JsonNode json) {
        if (json.isNull()) return Kind.EMPTY;
        if (json.isBoolean()) return Kind.BOOLEAN;
        if (json.isIntegralNumber()) return Kind.INTEGER;
        return json.isNumber() ? Kind.FLOAT : Kind.TEXT;
    }
}
