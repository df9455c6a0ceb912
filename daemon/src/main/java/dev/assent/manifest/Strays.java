package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.Set;
import java.util.function.Predicate;

/// Keys that mean something elsewhere, and nothing where they stand. What they hold would be lost
/// in silence.
final class Strays {

    /// What belongs to a group and not to one of its parts.
    private static final Set<String> OF_GROUPS =
            Set.of("groups", "servers", "server", "backups", "replicate_from", "primary");

    private Strays() {}

    /// Warns of parts of a group beneath its `configuration`.
    static void inConfiguration(Tree.Mapping configuration, Problems problems) {
        warn(configuration, it -> OF_GROUPS.contains(it.key()), "`configuration`", problems);
    }

    /// Warns of parts of a group beneath one of its servers.
    static void inServer(Tree.Mapping server, Problems problems) {
        warn(
                server,
                it ->
                        it.key().equals("configuration")
                                || (OF_GROUPS.contains(it.key()) && !it.key().equals("server")),
                "a server",
                problems);
    }

    /// Warns of groups and components beneath a component or a group.
    ///
    /// @param part what the schema calls it
    static void inGroup(Tree.Mapping body, String part, Problems problems) {
        warn(
                body,
                it ->
                        !SchemaFile.MANIFEST.has(part, it.key())
                                && (it.key().equals("groups")
                                        || Components.looksLikeOne(it.value())),
                "another one",
                problems);
    }

    /// Warns of what belongs to a group and stands beside `groups`.
    static void besideGroups(Tree.Mapping component, Problems problems) {
        warn(
                component,
                it ->
                        SchemaFile.MANIFEST.has("configuration", it.key())
                                || ServersReader.KEYS.contains(it.key())
                                || Set.of("backups", "replicate_from", "primary")
                                        .contains(it.key()),
                "a component with `groups`",
                problems);
    }

    private static void warn(
            Tree.Mapping mapping, Predicate<Entry> isStray, String parent, Problems problems) {
        for (var entry : mapping.entries()) {
            if (entry.value().isEmpty() || !isStray.test(entry)) continue;
            problems.add(
                    Code.MISPLACED_KEY,
                    entry.keySpot(),
                    "%s stands beneath %s, where it means nothing"
                            .formatted(Words.quoted(entry.key()), parent),
                    Remedy.suggest("put it where it belongs, with its indentation"));
        }
    }
}
