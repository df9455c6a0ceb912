package dev.assent.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    record Target(List<String> steps, SchemaPart part) {

        Target {
            steps = List.copyOf(steps);
        }

        /// How people write where it stands: `repositories.platform.poll`.
        String words() {
            return String.join(".", steps);
        }
    }

    private VariableTargets() {}

    /// What variables with a prefix could give.
    static VariableTargets of(String prefix, SchemaPart schema, Tree root) {
        var targets = new VariableTargets();
        targets.beneath(prefix, List.of(), schema, Optional.of(root));
        return targets;
    }

    /// What a variable gives; several where that is not clear.
    List<Target> of(String variable) {
        return all.getOrDefault(variable, List.of());
    }

    java.util.Set<String> names() {
        return all.keySet();
    }

    private void beneath(String before, List<String> steps, SchemaPart part, Optional<Tree> tree) {
        part.keys()
                .forEach((key, it) ->
                        add(before + upper(key), with(steps, key), it, child(tree, key)));
        part.named().ifPresent(it -> names(before, steps, it, part, tree));
        part.items().ifPresent(it -> items(before, steps, it, tree));
    }

    private void add(String name, List<String> steps, SchemaPart part, Optional<Tree> tree) {
        if (!part.isSecret()) {
            all.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Target(steps, part));
        }
        beneath(name + "_", steps, part, tree);
    }

    /// The names that stand in the file, or else those of what counts where nothing does.
    private void names(
            String before,
            List<String> steps,
            SchemaPart named,
            SchemaPart part,
            Optional<Tree> tree) {
        if (tree.orElse(null) instanceof Tree.Mapping mapping) {
            mapping.lastOfEach()
                    .forEach(it ->
                            add(
                                    before + upper(it.key()),
                                    with(steps, it.key()),
                                    named,
                                    Optional.of(it.value())));
            return;
        }
        part.otherwise()
                .ifPresent(it ->
                        it.propertyNames()
                                .forEach(name ->
                                        add(
                                                before + upper(name),
                                                with(steps, name),
                                                named,
                                                Optional.empty())));
    }

    /// Items are called by their name, where they have one, or else by their number from 1.
    private void items(String before, List<String> steps, SchemaPart part, Optional<Tree> tree) {
        if (!(tree.orElse(null) instanceof Tree.Sequence list) || part.keys().isEmpty()) return;
        for (var i = 0; i < list.items().size(); i++) {
            var item = list.items().get(i);
            var name =
                    item instanceof Tree.Mapping mapping
                            ? mapping.text("name")
                            : Optional.<String>empty();
            var number = Integer.toString(i + 1);
            add(
                    before + upper(name.orElse(number)),
                    with(steps, Integer.toString(i)),
                    part,
                    Optional.of(item));
        }
    }

    private static Optional<Tree> child(Optional<Tree> tree, String key) {
        return tree.filter(Tree.Mapping.class::isInstance)
                .flatMap(it -> ((Tree.Mapping) it).value(key));
    }

    private static List<String> with(List<String> steps, String step) {
        var more = new ArrayList<>(steps);
        more.add(step);
        return more;
    }

    static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
