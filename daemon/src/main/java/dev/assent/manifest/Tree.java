package dev.assent.manifest;

import dev.assent.model.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A value in a YAML file with its place. Aliases and merge keys are resolved, tags are forgotten,
/// and a scalar is the text that its author wrote: `8.0` stays `8.0`.
public sealed interface Tree {

    Place place();

    Pointer pointer();

    default Spot spot() {
        return new Spot(place(), pointer());
    }

    /// Whether somebody left the value out: `key:` with nothing behind it, or `null`.
    default boolean isEmpty() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.EMPTY;
    }

    /// The text of a scalar that is not empty.
    default Optional<String> text() {
        return this instanceof Scalar scalar && !isEmpty() && !scalar.written().isBlank()
                ? Optional.of(scalar.written())
                : Optional.empty();
    }

    /// Keys and values in the order of the file. A key that stands twice is there twice; the last
    /// one counts.
    ///
    /// @param repeated whether another place of the file repeats it through an alias
    record Mapping(Place place, Pointer pointer, List<Entry> entries, boolean repeated)
            implements Tree {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// The entry of a key; empty where the key is not there.
        public Optional<Entry> entry(String key) {
            for (var i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).key().equals(key)) return Optional.of(entries.get(i));
            }
            return Optional.empty();
        }

        /// The value of a key; empty where the key is not there or nothing stands behind it.
        public Optional<Tree> value(String key) {
            return entry(key).map(Entry::value).filter(value -> !value.isEmpty());
        }

        /// The text behind a key; empty where none is.
        public Optional<String> text(String key) {
            return value(key).flatMap(Tree::text);
        }

        /// The whole number behind a key, as JSON would write it; empty where none is.
        public Optional<Long> number(String key) {
            return text(key)
                    .map(it -> it.replace("_", ""))
                    .filter(it -> it.matches("-?[0-9]{1,18}"))
                    .map(Long::valueOf);
        }

        /// The mapping behind a key; empty where none is.
        public Optional<Mapping> mapping(String key) {
            return value(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }

        /// The items of the list behind a key; none where no list is.
        public List<Tree> list(String key) {
            return value(key).filter(Sequence.class::isInstance).map(Sequence.class::cast).stream()
                    .flatMap(sequence -> sequence.items().stream())
                    .toList();
        }

        public boolean has(String key) {
            return value(key).isPresent();
        }

        /// The entries that count: each key once.
        public List<Entry> lastOfEach() {
            var last = new LinkedHashMap<String, Entry>();
            entries.forEach(entry -> last.put(entry.key(), entry));
            return List.copyOf(last.values());
        }

        Stream<String> keys() {
            return entries.stream().map(Entry::key);
        }
    }

    /// A list.
    record Sequence(Place place, Pointer pointer, List<Tree> items) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A single value.
    ///
    /// @param written the text as it was written, without quotes
    /// @param kind what YAML takes it for
    record Scalar(Place place, Pointer pointer, String written, Kind kind) implements Tree {

        /// The value as JSON: a number keeps its value and loses its spelling.
        public JsonNode json() {
            return TreeJson.of(this);
        }
    }

    /// A key with its value.
    record Entry(String key, Place keyPlace, Tree value) {

        /// Whether an alias stands behind the key: its value begins further up.
        boolean isAlias() {
            var value = value().place();
            return value.line() < keyPlace.line()
                    || (value.line() == keyPlace.line() && value.column() < keyPlace.column());
        }

        /// The key, with the pointer of its value.
        public Spot keySpot() {
            return new Spot(keyPlace, value.pointer());
        }
    }

    /// What YAML takes a scalar for.
    enum Kind {
        TEXT,
        INTEGER,
        FLOAT,
        BOOLEAN,
        EMPTY
    }
}
