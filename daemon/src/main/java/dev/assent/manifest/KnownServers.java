package dev.assent.manifest;

import dev.assent.manifest.DeclaredGroup.DeclaredServer;
import dev.assent.manifest.Layout.Component;
import dev.assent.model.ServerName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The servers that an application has by name: those of its groups, and those of what is no
/// database, which `same_as` may name too.
final class KnownServers {

    private static final Set<String> NO_SETTINGS = Set.of("unique_name", "same_as");

    /// A server by its name; one of another component has nothing but settings.
    record Known(Optional<DeclaredServer> server, SortedMap<String, String> settings, Spot spot) {}

    private final Map<String, Known> byName = new HashMap<>();
    private final Problems problems;
    private final Budget budget;

    private KnownServers(Problems problems, Budget budget) {
        this.problems = problems;
        this.budget = budget;
    }

    /// All servers of an application. A name that two of them have is reported.
    static KnownServers of(
            List<DeclaredGroup> groups,
            List<Component> others,
            List<Tree> homes,
            Problems problems,
            Budget budget) {
        var known = new KnownServers(problems, budget);
        others.forEach(component -> known.collect(component.entry().value()));
        for (var group : groups) {
            // That a name stands twice in one group is said where the group is looked at.
            var own = new HashSet<String>();
            for (var server : group.servers()) {
                server.name()
                        .map(ServerName::name)
                        .filter(own::add)
                        .ifPresent(it -> known.add(it, server));
            }
        }
        // Last, since what an anchor's home holds is often merged into the groups themselves.
        homes.forEach(known::collect);
        return known;
    }

    Optional<Known> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Set<String> names() {
        return byName.keySet();
    }

    private void add(String name, DeclaredServer server) {
        var known = new Known(Optional.of(server), server.settings(), server.spot());
        var first = byName.putIfAbsent(name, known);
        // What an alias repeats is the same machine.
        if (first == null || first.server().filter(it -> isSame(it, server)).isPresent()) return;
        problems.add(
                Code.SERVER_NAME_TWICE,
                server.spot(),
                "a server named %s is defined in line %d already"
                        .formatted(Words.quoted(name), first.spot().place().line()),
                Remedy.suggest(
                        "name this one differently, or write `same_as: %s` if it is the same machine"
                                .formatted(name)));
    }

    private static boolean isSame(DeclaredServer one, DeclaredServer other) {
        return one.definition().equals(other.definition());
    }

    private void collect(Tree tree) {
        budget.spend();
        switch (tree) {
            case Tree.Mapping mapping -> {
                mapping.text("unique_name").ifPresent(name -> add(name, mapping));
                mapping.entries().forEach(entry -> collect(entry.value()));
            }
            case Tree.Sequence sequence -> sequence.items().forEach(this::collect);
            case Tree.Scalar _ -> {}
        }
    }

    private void add(String name, Tree.Mapping mapping) {
        var settings = new TreeMap<>(Settings.of(mapping, NO_SETTINGS));
        var spot = mapping.value("unique_name").map(Tree::spot).orElse(mapping.spot());
        byName.putIfAbsent(name, new Known(Optional.empty(), settings, spot));
    }
}
