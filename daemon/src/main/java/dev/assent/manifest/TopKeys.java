package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a key at the top of a manifest means.
final class TopKeys {

    enum Meaning {
        COMPONENT,
        ENVIRONMENT,
        /// Holds values for others to merge, or servers for others to name.
        HOME,
        /// Nothing that concerns us.
        NOTHING
    }

    private static final List<String> USUAL = List.of("production", "staging", "development");
    private static final Set<String> ENVIRONMENTS =
            Set.of("production", "staging", "development", "test", "qa", "uat", "demo", "preview");
    private static final Set<String> HOMES =
            Set.of("default", "defaults", "common", "config", "shared", "registered_servers");

    private final Collection<String> configured;
    private final Problems problems;

    TopKeys(Collection<String> configured, Problems problems) {
        this.configured = configured;
        this.problems = problems;
    }

    /// Whether a key is an environment by its name alone.
    static boolean isEnvironment(String key, Collection<String> configured) {
        return configured.contains(key) || ENVIRONMENTS.contains(key);
    }

    Meaning meaning(Entry entry) {
        var key = entry.key();
        if (configured.contains(key)) return Meaning.ENVIRONMENT;
        if (Components.isComponent(key)) return Meaning.COMPONENT;
        if (isHome(entry)) return Meaning.HOME;
        if (Components.isOtherKey(key)) return Meaning.NOTHING;
        if (BlockKeys.reportPart(entry, "at the top of the file", problems)) return Meaning.NOTHING;
        if (!(entry.value() instanceof Tree.Mapping mapping)) return withoutContent(entry);
        var holdsComponents = Components.anyIn(mapping.keys().toList());
        if (holdsComponents || ENVIRONMENTS.contains(key)) return environment(entry);
        if (!Components.looksLikeOne(mapping)) return withoutContent(entry);
        BlockKeys.reportMisspelt(entry, true, problems);
        return Components.meant(key).isPresent() ? Meaning.COMPONENT : Meaning.HOME;
    }

    private static boolean isHome(Entry entry) {
        var key = entry.key();
        if (HOMES.contains(key) || key.startsWith("x-") || key.startsWith(".")) return true;
        return entry.value() instanceof Tree.Mapping mapping
                && mapping.repeated()
                && !entry.isAlias()
                && !ENVIRONMENTS.contains(key);
    }

    private Meaning environment(Entry entry) {
        var known = new LinkedHashSet<>(configured);
        known.addAll(USUAL);
        if (!ENVIRONMENTS.contains(entry.key())) {
            Spelling.near(entry.key(), known)
                    .ifPresent(near ->
                            problems.add(
                                    Code.NEAR_ENVIRONMENT,
                                    entry.keySpot(),
                                    "%s is read as an environment of its own"
                                            .formatted(Words.quoted(entry.key())),
                                    Remedy.didYouMean(near)
                                            .mended(Mending.renamed(entry, near, problems))));
        }
        return Meaning.ENVIRONMENT;
    }

    /// A key without anything that components hold: only its name can tell.
    private Meaning withoutContent(Entry entry) {
        if (ENVIRONMENTS.contains(entry.key())) return Meaning.ENVIRONMENT;
        if (Components.nearEngine(entry.key()).isPresent()) {
            BlockKeys.reportMisspelt(entry, true, problems);
        }
        if (entry.value() instanceof Tree.Mapping mapping) warnOfEnvironments(entry, mapping);
        return Meaning.NOTHING;
    }

    /// Environments beneath another key, which nobody looks for there.
    private void warnOfEnvironments(Entry entry, Tree.Mapping mapping) {
        mapping.entries().stream()
                .filter(it -> holdsEnvironment(it, configured))
                .findFirst()
                .ifPresent(it ->
                        warnOfEnvironment(
                                it,
                                entry,
                                "remove %s, and indent what is beneath less"
                                        .formatted(Words.quoted(entry.key())),
                                problems));
    }

    /// Whether an entry is called like an environment and holds what one does.
    static boolean holdsEnvironment(Entry entry, Collection<String> configured) {
        return isEnvironment(entry.key(), configured)
                && entry.value() instanceof Tree.Mapping block
                && Components.anyIn(block.keys().toList());
    }

    /// Warns of an environment that stands beneath another key.
    static void warnOfEnvironment(
            Entry environment, Entry parent, String suggestion, Problems problems) {
        problems.add(
                Code.MISPLACED_KEY,
                environment.keySpot(),
                "%s stands beneath %s, where nobody looks for an environment"
                        .formatted(Words.quoted(environment.key()), Words.quoted(parent.key())),
                Remedy.suggest(suggestion));
    }
}
