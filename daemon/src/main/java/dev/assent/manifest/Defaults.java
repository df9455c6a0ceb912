package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.manifest.Tree.Kind;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.Optional;

/// Puts a schema's defaults where a file says nothing, in the order of the schema, and takes out
/// what is secret.
record Defaults(SchemaPart schema) {

    private static final Place NOWHERE = Place.at("default", 1, 1);
    private static final String HIDDEN = "…";

    Tree around(Tree root) {
        return around(schema, root);
    }

    /// Whether a value is a default.
    @SuppressWarnings("ReferenceEquality") // A file can be called `default`.
    static boolean isOne(Tree value) {
        return value.place() == NOWHERE;
    }

    private static Tree around(SchemaPart part, Tree tree) {
        if (part.isSecret() && !tree.isEmpty()) {
            return new Tree.Scalar(tree.place(), tree.pointer(), HIDDEN, Kind.TEXT);
        }
        return switch (tree) {
            case Tree.Mapping mapping -> around(part, mapping);
            case Tree.Sequence list -> {
                var items =
                        list.items().stream()
                                .map(it -> part.items().map(of -> around(of, it)).orElse(it))
                                .toList();
                yield new Tree.Sequence(list.place(), list.pointer(), items);
            }
            case Tree.Scalar it -> it;
        };
    }

    private static Tree around(SchemaPart part, Tree.Mapping mapping) {
        var entries = new ArrayList<Entry>();
        part.keys()
                .forEach((key, it) ->
                        mapping.entry(key)
                                .filter(entry -> !entry.value().isEmpty())
                                .map(entry -> around(it, entry))
                                .or(() -> otherwise(it, key, mapping))
                                .ifPresent(entries::add));
        mapping.lastOfEach().stream()
                .filter(it -> !part.keys().containsKey(it.key()))
                .map(it -> part.named().map(named -> around(named, it)).orElse(it))
                .forEach(entries::add);
        return new Tree.Mapping(mapping.place(), mapping.pointer(), entries, mapping.repeated());
    }

    private static Entry around(SchemaPart part, Entry entry) {
        return new Entry(entry.key(), entry.keyPlace(), around(part, entry.value()));
    }

    private static Optional<Entry> otherwise(SchemaPart part, String key, Tree.Mapping mapping) {
        return part.otherwise()
                .map(it -> JsonTree.of(it, mapping.pointer().child(key), NOWHERE))
                .map(it -> new Entry(key, NOWHERE, around(part, it)));
    }
}
