package dev.assent.manifest;

import dev.assent.manifest.DeclaredGroup.DeclaredServer;
import dev.assent.manifest.DeclaredGroup.SameAs;
import dev.assent.manifest.Tree.Entry;
import dev.assent.model.ServerName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads the servers of one group in all the forms that they are written in.
final class ServersReader {

    /// The keys of a server that stand nowhere else.
    static final Set<String> KEYS =
            SchemaFile.MANIFEST.keys("server").stream()
                    .filter(it -> !it.equals("server"))
                    .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> NO_SETTINGS = Set.of("unique_name", "same_as", "server");
    private static final List<String> OF_MACHINES = List.of("vendor", "region", "size", "address");

    private final Problems problems;
    private final List<DeclaredServer> servers = new ArrayList<>();
    private final List<Tree.Mapping> configurations = new ArrayList<>();
    private final Set<Entry> reported = new HashSet<>();
    private Optional<Spot> external = Optional.empty();

    ServersReader(Problems problems) {
        this.problems = problems;
    }

    /// Reads `server` and `servers` of a group.
    void read(Tree.Mapping group) {
        group.entry("server").ifPresent(it -> one(it.value(), it.keySpot()));
        group.entry("servers").ifPresent(it -> several(it, group));
    }

    List<DeclaredServer> servers() {
        return servers;
    }

    boolean external() {
        return external.isPresent();
    }

    /// A group that is external is never built, whatever servers it has.
    void warnOfServersWithoutEffect() {
        if (external.isEmpty() || servers.isEmpty()) return;
        problems.add(
                Code.NO_EFFECT,
                servers.getFirst().spot(),
                "this server has no effect: `external` in line %d says that the group is not built here"
                        .formatted(external.get().place().line()),
                Remedy.suggest("remove the servers, or `external`"));
    }

    /// Whether a key is reported already as one that stands beside its server.
    boolean isReported(Entry entry) {
        return reported.contains(entry);
    }

    /// The `configuration` that somebody wrote among the servers.
    Optional<Tree.Mapping> strayConfiguration() {
        return configurations.stream().findFirst();
    }

    private void several(Entry entry, Tree.Mapping group) {
        if (entry.value() instanceof Tree.Mapping mapping) {
            named(mapping).ifPresent(it -> reportNamed(entry, it));
        }
        switch (entry.value()) {
            case Tree.Sequence list -> {
                for (var item : list.items()) item(item, group, list.items().size() == 1);
            }
            case Tree.Mapping mapping when mapping.entry("server").isPresent() -> {
                mapping.entries().stream()
                        .filter(it -> it.key().equals("server"))
                        .forEach(it -> one(it.value(), it.keySpot()));
                stray(mapping);
            }
            case Tree.Mapping mapping when named(mapping).isPresent() -> {}
            case Tree.Mapping mapping -> one(mapping, entry.keySpot());
            case Tree.Scalar scalar -> one(scalar, entry.keySpot());
        }
    }

    /// A server under a name of its own in a mapping of servers.
    private static Optional<Entry> named(Tree.Mapping servers) {
        return servers.entries().stream()
                .filter(it -> it.value() instanceof Tree.Mapping)
                .filter(it -> !KEYS.contains(it.key()))
                .filter(it -> !it.key().equals("server") && !it.key().equals("configuration"))
                .findFirst();
    }

    private void reportNamed(Entry servers, Entry named) {
        problems.add(
                Code.WRONG_TYPE,
                servers.keySpot(),
                "`servers` must be a list of servers, and is a mapping of names",
                Remedy.suggest(
                        "write `- server:` for each, with `unique_name: %s` beneath"
                                .formatted(named.key())));
    }

    private void item(Tree item, Tree.Mapping group, boolean alone) {
        if (!(item instanceof Tree.Mapping mapping)) {
            one(item, item.spot());
        } else if (mapping.entry("server").isPresent()) {
            var server = mapping.entry("server").get();
            var beside = beside(mapping);
            if (beside.isEmpty() && alone && server.value().isEmpty()) beside = beside(group);
            if (beside.isEmpty()) {
                if (server.value().isEmpty()) nameless(server.keySpot());
                one(server.value(), server.keySpot());
            } else {
                KeysBeside.report(Code.KEYS_BESIDE_SERVER, server, beside, problems);
                reported.addAll(beside);
            }
            stray(mapping);
        } else {
            misplaced(mapping);
            one(mapping, mapping.spot());
        }
    }

    private static List<Entry> beside(Tree.Mapping mapping) {
        return mapping.entries().stream().filter(it -> KEYS.contains(it.key())).toList();
    }

    /// `- server:` with nothing beneath: a server of which nothing is known yet.
    private void nameless(Spot spot) {
        servers.add(
                new DeclaredServer(
                        Optional.empty(), Optional.empty(), new TreeMap<>(), spot, spot.place()));
    }

    private void stray(Tree.Mapping mapping) {
        mapping.entry("configuration")
                .ifPresent(it -> {
                    problems.add(
                            Code.MISPLACED_KEY,
                            it.keySpot(),
                            "`configuration` stands among the servers",
                            Remedy.suggest("put it beside `servers`, not beneath"));
                    mapping.mapping("configuration").ifPresent(configurations::add);
                });
    }

    private void misplaced(Tree.Mapping mapping) {
        var keys = beside(mapping);
        if (keys.isEmpty()) return;
        problems.add(
                Code.MISPLACED_KEY,
                keys.getFirst().keySpot(),
                "%s stands directly in the list of servers"
                        .formatted(Words.quoted(keys.getFirst().key())),
                Remedy.suggest("write `- server:` and put it beneath, indented")
                        .mended(Mending.beneath("server", keys, problems)));
    }

    /// One definition: a mapping of keys, or the word `external`.
    void one(Tree value, Spot spot) {
        switch (value) {
            case Tree.Mapping mapping -> {
                if (mapping.text("server").filter("external"::equals).isPresent()) {
                    external = Optional.of(spot);
                    warnOfNoEffect(mapping, "`external`");
                } else {
                    define(mapping, spot);
                }
            }
            case Tree.Scalar scalar -> {
                if (scalar.written().equals("external")) external = Optional.of(spot);
            }
            case Tree.Sequence _ -> {}
        }
    }

    private void define(Tree.Mapping mapping, Spot spot) {
        NearKeys.warn(mapping, "server", problems);
        Strays.inServer(mapping, problems);
        var name = mapping.entry("unique_name").flatMap(this::name);
        var sameAs =
                mapping.text("same_as")
                        .map(it -> new SameAs(it, mapping.value("same_as").orElseThrow().spot()));
        if (sameAs.isPresent()) warnOfNoEffect(mapping, "`same_as`");
        var isAlias = mapping.place().line() < spot.place().line();
        var at =
                mapping.value("unique_name")
                        .or(() -> mapping.value("same_as"))
                        .filter(_ -> !isAlias)
                        .map(Tree::spot)
                        .orElse(spot);
        servers.add(
                new DeclaredServer(
                        name, sameAs, Settings.of(mapping, NO_SETTINGS), at, mapping.place()));
    }

    private Optional<ServerName> name(Entry entry) {
        var text = entry.value().text().map(String::strip);
        if (text.isEmpty() || ServerName.isName(text.get())) return text.map(ServerName::new);
        problems.add(
                Code.BAD_SERVER_NAME,
                entry.value().spot(),
                "%s cannot name a server; a name has letters, digits, `.`, `_` and `-`"
                        .formatted(Words.quoted(text.get())),
                Mending.nearest(
                        entry.value(),
                        Optional.of(text.get().replaceAll("[^\\p{L}\\p{N}._-]+", "-"))
                                .filter(ServerName::isName),
                        problems));
        return Optional.empty();
    }

    /// Beside a word that says that the machine is defined elsewhere.
    private void warnOfNoEffect(Tree.Mapping mapping, String word) {
        mapping.entries().stream()
                .filter(it -> OF_MACHINES.contains(it.key()) && !it.value().isEmpty())
                .forEach(it ->
                        problems.add(
                                Code.NO_EFFECT,
                                it.keySpot(),
                                "%s has no effect beside %s: the machine is defined elsewhere"
                                        .formatted(Words.quoted(it.key()), word),
                                Remedy.suggest("remove it, or " + word)));
    }
}
