package dev.assent.plan;

import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Works out what a change does to environment variables. Values are not known while planning, and
/// hold passwords: what is compared is whom each name speaks of.
final class Effects {

    private static final String REPLICAS = "REPLICA_ADDRESS";
    private static final Map<Engine, List<String>> SUFFIXES = new EnumMap<>(Engine.class);

    static {
        for (var engine : Engine.values()) SUFFIXES.put(engine, List.copyOf(engine.variables()));
    }

    private final SortedSet<String> added = new TreeSet<>();
    private final SortedSet<String> changed = new TreeSet<>();
    private final SortedSet<String> removed = new TreeSet<>();

    private Effects() {}

    /// What becomes of the names of one group and of its engine's root level: a change touches no
    /// others.
    static Effect between(Moment before, Moment after, GroupName group) {
        if (before.equals(after)) return Effect.NONE;
        var effects = new Effects();
        var root = group.engine().prefix() + "_";
        effects.compare(root + group.variablePart() + "_", before.group(), after.group());
        effects.compare(root, before.primary(), after.primary());
        return new Effect(effects.added, effects.changed, effects.removed);
    }

    private void compare(
            String prefix, Optional<RecordedGroup> before, Optional<RecordedGroup> after) {
        if (before.isEmpty()) {
            after.ifPresent(it -> all(prefix, it, added));
        } else if (after.isEmpty()) {
            all(prefix, before.get(), removed);
        } else {
            compare(prefix, before.get(), after.get());
        }
    }

    private static void all(String prefix, RecordedGroup group, Collection<String> names) {
        for (var suffix : SUFFIXES.getOrDefault(group.name().engine(), List.of())) {
            names.add(prefix + suffix);
        }
        if (group.servers().size() > 1) names.add(prefix + REPLICAS);
    }

    private void compare(String prefix, RecordedGroup before, RecordedGroup after) {
        var sameGroup = before.name().equals(after.name());
        var sameServer =
                sameGroup && before.primaryServer().name().equals(after.primaryServer().name());
        var source = after.standing().replicatesFrom();
        var sameUsers =
                sameServer
                        && (source.isEmpty() || source.equals(before.standing().replicatesFrom()));
        for (var suffix : SUFFIXES.getOrDefault(after.name().engine(), List.of())) {
            var same =
                    switch (suffix) {
                        // A group that follows another one has that one's users, and keeps them.
                        case "USERNAME", "PASSWORD", "DATABASE", "URL" -> sameUsers;
                        default -> sameServer;
                    };
            if (!same) changed.add(prefix + suffix);
        }
        var was = before.servers().size() > 1;
        var is = after.servers().size() > 1;
        if (is && !was) added.add(prefix + REPLICAS);
        if (was && !is) removed.add(prefix + REPLICAS);
        if (was && is && !(sameGroup && replicas(before).equals(replicas(after)))) {
            changed.add(prefix + REPLICAS);
        }
    }

    private static List<String> replicas(RecordedGroup group) {
        return group.servers().stream().skip(1).map(it -> it.name().name()).toList();
    }
}
