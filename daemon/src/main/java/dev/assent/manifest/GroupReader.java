package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads one group of an engine.
final class GroupReader {

    private static final Set<String> NO_SETTINGS = Set.of("engine", "version");
    private static final Set<String> SETTINGS = SchemaFile.MANIFEST.keys("configuration");
    private static final Set<String> ONLY_OF_SERVERS =
            ServersReader.KEYS.stream()
                    .filter(it -> !SETTINGS.contains(it))
                    .collect(Collectors.toUnmodifiableSet());

    /// In the schema: the engines to which a setting means something.
    static final String ONLY_OF = "x-only-of";

    private static final List<String> SHARED = List.of("shared_server", "shared_group");

    private final Engine engine;
    private final Problems problems;
    private final FactsReader facts;

    GroupReader(Engine engine, Problems problems) {
        this.engine = engine;
        this.problems = problems;
        this.facts = new FactsReader(engine, problems);
    }

    DeclaredGroup read(String name, Tree body, Spot spot) {
        var group = new GroupName(engine, name);
        return body instanceof Tree.Mapping mapping
                ? read(group, mapping, spot)
                : new DeclaredGroup(
                        group,
                        Specification.of(Variant.defaultOf(engine)),
                        body.text().filter("external"::equals).isPresent(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        spot);
    }

    private DeclaredGroup read(GroupName name, Tree.Mapping body, Spot spot) {
        var servers = new ServersReader(problems);
        servers.read(body);
        var directly = entries(body, ONLY_OF_SERVERS);
        if (!directly.isEmpty() && !body.has("servers") && !body.has("server")) {
            warnOfMisplaced(directly, "server", body);
            servers.one(new Tree.Mapping(body.place(), body.pointer(), directly, false), spot);
        }
        var misplaced =
                entries(body, SETTINGS).stream().filter(it -> !servers.isReported(it)).toList();
        if (!misplaced.isEmpty()) warnOfMisplaced(misplaced, "configuration", body);
        servers.warnOfServersWithoutEffect();
        var shared = entries(body, SHARED).stream().findFirst();
        return new DeclaredGroup(
                name,
                specification(body, misplaced, servers),
                servers.external() || shared.isPresent(),
                primary(body),
                servers.servers(),
                facts.replication(body),
                facts.backups(body),
                shared,
                spot);
    }

    private static List<Entry> entries(Tree.Mapping body, Collection<String> keys) {
        return body.entries().stream()
                .filter(it -> keys.contains(it.key()) && !it.value().isEmpty())
                .toList();
    }

    private void warnOfMisplaced(List<Entry> entries, String where, Tree.Mapping body) {
        var names = entries.stream().map(it -> Words.quoted(it.key())).toList();
        var there = body.entry(where).map(it -> " in line %d".formatted(it.keyPlace().line()));
        problems.add(
                Code.MISPLACED_KEY,
                entries.getFirst().keySpot(),
                "%s %s directly in the group"
                        .formatted(
                                Words.listed(names, "and"), names.size() == 1 ? "stands" : "stand"),
                Remedy.suggest(
                                "put %s under `%s:`%s"
                                        .formatted(
                                                names.size() == 1 ? "it" : "them",
                                                where,
                                                there.orElse("")))
                        .mended(
                                there.isPresent()
                                        ? Mended.NOTHING
                                        : Mending.beneath(where, entries, problems)));
    }

    /// What the group's servers are to be: its `configuration` first, then what stands elsewhere
    /// and can mean nothing else.
    private Specification specification(
            Tree.Mapping body, List<Entry> misplaced, ServersReader servers) {
        var entries = new TreeMap<String, Entry>();
        var configuration = body.mapping("configuration");
        configuration.ifPresent(it -> {
            NearKeys.warn(it, "configuration", problems);
            Strays.inConfiguration(it, problems);
        });
        servers.strayConfiguration().stream()
                .flatMap(it -> it.entries().stream())
                .forEach(it -> entries.put(it.key(), it));
        misplaced.forEach(it -> entries.put(it.key(), it));
        configuration.stream()
                .flatMap(it -> it.entries().stream())
                .forEach(it -> entries.put(it.key(), it));
        if (!servers.external()) entries.values().forEach(this::warnOfNoEffect);
        var settings = new TreeMap<String, String>();
        entries.forEach((key, entry) -> {
            if (!NO_SETTINGS.contains(key)) Settings.add(key, entry.value(), settings);
        });
        return new Specification(variant(entries), version(entries), settings);
    }

    /// Some settings mean nothing to this engine, and some to none.
    private void warnOfNoEffect(Entry entry) {
        if (entry.value().isEmpty()) return;
        var engines = SchemaFile.MANIFEST.annotations("configuration", entry.key(), ONLY_OF);
        if (!engines.isEmpty() && !engines.contains(engine.word())) {
            problems.add(
                    Code.NO_EFFECT,
                    entry.keySpot(),
                    "%s has no effect on %s; only %s takes it from a manifest"
                            .formatted(
                                    Words.quoted(entry.key()),
                                    engine.word(),
                                    Words.listed(engines, "and")),
                    Remedy.suggest("remove it"));
        }
        if (entry.key().equals("password")) {
            problems.add(
                    Code.NO_EFFECT,
                    entry.keySpot(),
                    "`password` has no effect: passwords are generated, and none stands in a manifest",
                    Remedy.suggest("remove it; `assent env` shows the password once there is one"));
        }
    }

    private Optional<Version> version(Map<String, Entry> entries) {
        return Optional.ofNullable(entries.get("version"))
                .flatMap(it -> Versions.read(it, problems));
    }

    private Variant variant(Map<String, Entry> entries) {
        return Optional.ofNullable(entries.get("engine"))
                .map(Entry::value)
                .flatMap(value -> value.text().map(word -> variant(word, value)))
                .orElse(Variant.defaultOf(engine));
    }

    private Variant variant(String word, Tree value) {
        var possible = Variant.of(engine);
        var variant = Variant.of(word).filter(possible::contains);
        if (variant.isEmpty()) {
            var words = possible.stream().map(Variant::word).toList();
            problems.add(
                    Code.UNKNOWN_VARIANT,
                    value.spot(),
                    "%s is no variant of %s; it must be %s"
                            .formatted(Words.quoted(word), engine, Words.oneOf(words)),
                    Mending.nearest(value, Spelling.near(word, words), problems));
        }
        return variant.orElse(Variant.defaultOf(engine));
    }

    private static Optional<Place> primary(Tree.Mapping body) {
        return body.entry("primary")
                .filter(it -> it.value().text().filter(TreeJson::isTrue).isPresent())
                .map(Entry::keyPlace);
    }
}
