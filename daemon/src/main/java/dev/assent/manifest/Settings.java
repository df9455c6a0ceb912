package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Settings as text, the way they were written but for truth values. A nested one has its path for
/// a name (`postgis.version`), a list becomes one text. A password is no setting: what is here ends
/// up in plans.
final class Settings {

    private Settings() {}

    static SortedMap<String, String> of(Tree.Mapping mapping, Collection<String> without) {
        return of(mapping, entry -> !without.contains(entry.key()));
    }

    static SortedMap<String, String> of(Tree.Mapping mapping, Predicate<Entry> which) {
        var settings = new TreeMap<String, String>();
        mapping.entries().stream()
                .filter(which)
                .forEach(entry -> add(entry.key(), entry.value(), settings));
        return settings;
    }

    static void add(String name, Tree value, SortedMap<String, String> settings) {
        if (Secrets.isNamedBy(name)) return;
        switch (value) {
            case Tree.Mapping mapping ->
                    mapping.entries()
                            .forEach(it -> add(name + "." + it.key(), it.value(), settings));
            case Tree.Sequence sequence ->
                    settings.put(
                            name,
                            sequence.items().stream()
                                    .flatMap(item -> item.text().stream())
                                    .collect(Collectors.joining(",")));
            case Tree.Scalar scalar ->
                    scalar.text()
                            .filter(text -> !Secrets.standInAddress(text))
                            .map(text -> canonical(scalar.kind(), text))
                            .ifPresent(text -> settings.put(name, text));
        }
    }

    /// `yes`, `True` and `on` say the same.
    private static String canonical(Tree.Kind kind, String text) {
        return kind == Tree.Kind.BOOLEAN ? Boolean.toString(TreeJson.isTrue(text)) : text;
    }
}
