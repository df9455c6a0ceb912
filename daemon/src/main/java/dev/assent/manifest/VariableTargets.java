package dev.assent.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which value of a file each variable could give: a schema's keys, the names in the file and the
/// items of its lists, in upper case, with `_` between them and for whatever is no letter or digit.
///
/// Keys and names have a `_` in them too; so all that is possible is written down, and a variable
/// is looked up whole.
final class VariableTargets {

    private final Map<String, List<Target>> all = new TreeMap<>();

    /// A value that a variable can give.
    ///
    /// @param steps the keys and numbers that lead to it
    /// @param part what the schema says of it
    /// @param words the same as people call them: `repositories.platform.poll`
    record Target(List<String> steps, String words, SchemaPart part) {
        Target {
            steps = List.copyOf(steps);
        }
    }

    /// Where the search stands.
    private record Here(String variable, List<String> steps, String words) {

        Here at(String step, String name) {
            var more = new ArrayList<>(steps);
            more.add(step);
            var first = words.isEmpty();
            return new Here(
                    variable + (first ? "" : "_") + upper(name),
                    more,
                    first ? name : words + "." + name);
        }
    }

    private VariableTargets() {}

    /// What variables with a prefix could give.
    static VariableTargets of(String prefix, SchemaPart schema, Tree root) {
        var targets = new VariableTargets();
        targets.beneath(new Here(prefix, List.of(), ""), schema, Optional.of(root));
        return targets;
    }

    /// What a variable gives; several where that is not clear.
    List<Target> of(String variable) {
        return all.getOrDefault(variable, List.of());
    }

    Set<String> names() {
        return all.keySet();
    }

    private void beneath(Here here, SchemaPart part, Optional<Tree> tree) {
        part.keys().forEach((key, it) -> add(here.at(key, key), it, child(tree, key)));
        part.named().ifPresent(it -> names(here, it, part, tree));
        part.items().ifPresent(it -> items(here, it, tree));
    }

    private void add(Here here, SchemaPart part, Optional<Tree> tree) {
        if (!part.isSecret()) {
            all.computeIfAbsent(here.variable(), _ -> new ArrayList<>())
                    .add(new Target(here.steps(), here.words(), part));
        }
        beneath(here, part, tree);
    }

    /// The names that stand in the file, or else those of what counts where nothing does.
    private void names(Here here, SchemaPart named, SchemaPart part, Optional<Tree> tree) {
        if (tree.orElse(null) instanceof Tree.Mapping mapping) {
            mapping.lastOfEach()
                    .forEach(
                            it -> add(here.at(it.key(), it.key()), named, Optional.of(it.value())));
            return;
        }
        part.otherwise().stream()
                .flatMap(it -> it.propertyNames().stream())
                .forEach(it -> add(here.at(it, it), named, Optional.empty()));
    }

    /// Items are called by their name, where they have one, or else by their number from 1.
    private void items(Here here, SchemaPart part, Optional<Tree> tree) {
        if (!(tree.orElse(null) instanceof Tree.Sequence list) || part.keys().isEmpty()) return;
        for (var i = 0; i < list.items().size(); i++) {
            var item = list.items().get(i);
            var name =
                    item instanceof Tree.Mapping mapping
                            ? mapping.text("name")
                            : Optional.<String>empty();
            var step = Integer.toString(i);
            var number = Integer.toString(i + 1);
            add(here.at(step, name.orElse(number)), part, Optional.of(item));
        }
    }

    private static Optional<Tree> child(Optional<Tree> tree, String key) {
        return tree.filter(Tree.Mapping.class::isInstance)
                .flatMap(it -> ((Tree.Mapping) it).value(key));
    }

    static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
