package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Engine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What stands at the top of a manifest: components that speak for every environment, environments
/// with components of their own, and values that are only there for others to merge.
///
/// @param components those at the top
/// @param environments the components of each environment
/// @param homes what only holds values for others to merge, or servers for others to name
/// @param unmanaged where nothing is any of our business
record Layout(
        List<Component> components,
        SortedMap<String, List<Component>> environments,
        List<Tree> homes,
        Set<Pointer> unmanaged) {

    /// A component; its engine is empty when it is no database.
    record Component(Optional<Engine> engine, Entry entry) {

        /// What makes two spellings of one component the same.
        String key() {
            return engine.map(Engine::word).orElse(entry.key());
        }
    }

    /// What an environment has: its own components, and those at the top that it does not replace.
    List<Component> of(String environment) {
        var own = environments.getOrDefault(environment, List.of());
        var replaced = own.stream().map(Component::key).toList();
        var all = new ArrayList<Component>();
        components.stream().filter(it -> !replaced.contains(it.key())).forEach(all::add);
        all.addAll(own);
        return all;
    }

    /// Whether a value is any of our business.
    boolean concerns(Pointer pointer) {
        for (var at = Optional.of(pointer); at.isPresent(); at = at.get().parent()) {
            if (unmanaged.contains(at.get())) return false;
        }
        return true;
    }

    static Layout of(Tree.Mapping root, Collection<String> environments, Problems problems) {
        var layout =
                new Layout(new ArrayList<>(), new TreeMap<>(), new ArrayList<>(), new HashSet<>());
        var keys = new TopKeys(environments, problems);
        for (var entry : root.lastOfEach()) {
            switch (keys.meaning(entry)) {
                case COMPONENT -> layout.add(entry, layout.components);
                case ENVIRONMENT -> layout.addEnvironment(entry, problems);
                case HOME -> {
                    layout.homes.add(entry.value());
                    layout.unmanaged.add(entry.value().pointer());
                }
                case NOTHING -> layout.unmanaged.add(entry.value().pointer());
            }
        }
        layout.checkSpellings(layout.components, problems);
        layout.environments.values().forEach(it -> layout.checkSpellings(it, problems));
        return layout;
    }

    private void add(Entry entry, List<Component> components) {
        var engine = Components.meant(entry.key());
        components.add(new Component(engine, entry));
        if (engine.isEmpty()) unmanaged.add(entry.value().pointer());
    }

    private void addEnvironment(Entry environment, Problems problems) {
        var own = new ArrayList<Component>();
        environments.put(environment.key(), own);
        if (environment.value() instanceof Tree.Mapping block) {
            var keys = new BlockKeys(environment, problems);
            for (var entry : block.lastOfEach()) {
                if (keys.isComponent(entry)) {
                    add(entry, own);
                } else {
                    unmanaged.add(entry.value().pointer());
                }
            }
        } else if (!environment.value().isEmpty()) {
            problems.add(
                    Code.WRONG_TYPE,
                    environment.value() instanceof Tree.Scalar scalar
                            ? scalar.spot()
                            : environment.keySpot(),
                    "the environment %s must be a mapping of components"
                            .formatted(Words.quoted(environment.key())));
        }
    }

    private void checkSpellings(List<Component> components, Problems problems) {
        for (var component : components) {
            var entry = component.entry();
            var replacement = Components.replacement(entry.key());
            if (replacement.isEmpty()) continue;
            problems.add(
                    Code.DEPRECATED,
                    entry.keySpot(),
                    "%s is an old spelling".formatted(Words.quoted(entry.key())),
                    Remedy.suggest("write `%s`".formatted(replacement.get()))
                            .mended(Mending.renamed(entry, replacement.get(), problems)));
            components.stream()
                    .filter(it -> it.entry().key().equals(replacement.get()))
                    .forEach(it -> reportTwice(entry, it.entry(), problems));
        }
    }

    private static void reportTwice(Entry old, Entry entry, Problems problems) {
        problems.add(
                Code.DUPLICATE_KEY,
                old.keySpot(),
                "%s is the same component as %s in line %d"
                        .formatted(
                                Words.quoted(old.key()),
                                Words.quoted(entry.key()),
                                entry.keyPlace().line()),
                Remedy.suggest("keep one of the two"));
    }
}
