package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Keys that stand beside the one that they belong to and not beneath it: to YAML, that one holds
/// nothing, and they belong to something else.
final class KeysBeside {

    private static final Set<String> OF_GROUPS = SchemaFile.MANIFEST.keys("group");
    private static final Set<String> OF_COMPONENTS = SchemaFile.MANIFEST.keys("component");

    private static final int MOST_NAMED = 5;

    private final Collection<String> environments;
    private final Problems problems;

    private KeysBeside(Collection<String> environments, Problems problems) {
        this.environments = environments;
        this.problems = problems;
    }

    /// Reports parts of components and groups that stand beside them. What else could be said of
    /// them would only follow from that.
    ///
    /// @param environments the configured ones
    static void check(Tree root, Collection<String> environments, Problems problems) {
        if (!(root instanceof Tree.Mapping top)) return;
        var check = new KeysBeside(environments, problems);
        check.environments(top);
        check.components(top);
        for (var entry : top.entries()) {
            if (entry.value() instanceof Tree.Mapping block && !entry.isAlias()) {
                check.components(block);
            }
        }
    }

    /// One environment without anything, and a component that probably belongs beneath it. Several
    /// are there to say that they have what stands at the top.
    private void environments(Tree.Mapping top) {
        var empty =
                top.entries().stream()
                        .filter(it -> it.value().isEmpty())
                        .filter(it -> TopKeys.isEnvironment(it.key(), environments))
                        .count();
        if (empty != 1) return;
        for (var i = 0; i + 1 < top.entries().size(); i++) {
            var environment = top.entries().get(i);
            var next = top.entries().get(i + 1);
            if (!environment.value().isEmpty() || Components.engine(next.key()).isEmpty()) continue;
            if (!TopKeys.isEnvironment(environment.key(), environments)) continue;
            problems.add(
                    Code.MISPLACED_KEY,
                    next.keySpot(),
                    "%s stands beside %s and not beneath it, so it speaks for every environment"
                            .formatted(Words.quoted(next.key()), Words.quoted(environment.key())),
                    Remedy.suggest("indent it if it is for %s only".formatted(environment.key())));
        }
    }

    private void components(Tree.Mapping block) {
        for (var i = 0; i < block.entries().size(); i++) {
            var component = block.entries().get(i);
            if (Components.engine(component.key()).isEmpty()) continue;
            if (component.value() instanceof Tree.Mapping body) {
                groups(body);
            } else if (component.value().isEmpty()) {
                report(component, behind(block, i, OF_COMPONENTS));
            }
        }
    }

    private void groups(Tree.Mapping component) {
        for (var i = 0; i < component.entries().size(); i++) {
            var groups = component.entries().get(i);
            if (!groups.key().equals("groups")) continue;
            if (groups.value() instanceof Tree.Mapping body) {
                for (var j = 0; j < body.entries().size(); j++) {
                    var group = body.entries().get(j);
                    if (group.value().isEmpty()) report(group, behind(body, j, OF_GROUPS));
                }
            } else if (groups.value().isEmpty()) {
                report(
                        groups,
                        behind(
                                component,
                                i,
                                it ->
                                        !OF_COMPONENTS.contains(it.key())
                                                && Components.looksLikeOne(it.value())));
            }
        }
    }

    /// Parts directly behind an entry; but a group may be called like a part of one.
    private static List<Entry> behind(Tree.Mapping mapping, int index, Set<String> keys) {
        return behind(
                mapping,
                index,
                it ->
                        keys.contains(it.key())
                                && !it.value().isEmpty()
                                && !Components.looksLikeOne(it.value()));
    }

    private static List<Entry> behind(Tree.Mapping mapping, int index, Predicate<Entry> which) {
        return mapping.entries().subList(index + 1, mapping.entries().size()).stream()
                .takeWhile(which)
                .toList();
    }

    private void report(Entry parent, List<Entry> beside) {
        if (beside.isEmpty()) return;
        report(Code.KEYS_BESIDE, parent, beside, problems);
        for (var entry : beside) {
            IntStream.rangeClosed(entry.keyPlace().line(), entry.value().place().endLine())
                    .forEach(problems::silence);
        }
    }

    /// Reports keys beside the one that they belong to.
    static void report(Code code, Entry parent, List<Entry> beside, Problems problems) {
        var names =
                beside.stream()
                        .map(it -> Words.quoted(it.key()))
                        .distinct()
                        .limit(MOST_NAMED)
                        .toList();
        var mended =
                parent.value().isEmpty()
                        ? Mending.beneath(parent, beside, problems)
                        : Mended.NOTHING;
        problems.add(
                code,
                new Spot(beside.getFirst().keyPlace(), parent.value().pointer()),
                "%s %s beside %s and not beneath it"
                        .formatted(
                                Words.listed(names, "and"),
                                names.size() == 1 ? "stands" : "stand",
                                Words.quoted(parent.key())),
                Remedy.suggest(
                                "indent %s by two more spaces than %s"
                                        .formatted(
                                                names.size() == 1 ? "it" : "them",
                                                Words.quoted(parent.key())))
                        .mended(mended));
    }
}
