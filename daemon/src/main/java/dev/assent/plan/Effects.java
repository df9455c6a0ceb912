package dev.assent.plan;

import dev.assent.model.Engine;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Works out what a change does to environment variables. Values are not known while planning, and
/// hold passwords: what is compared is whom each name speaks of.
final class Effects {

    private static final String REPLICAS = "REPLICA_ADDRESS";
    private static final Set<String> USERS = Set.of("USERNAME", "PASSWORD", "DATABASE", "URL");
    private static final Set<String> PASSWORDS = Set.of("PASSWORD", "URL");
    private static final Map<Engine, List<String>> SUFFIXES = new EnumMap<>(Engine.class);

    static {
        for (var engine : Engine.values()) SUFFIXES.put(engine, List.copyOf(engine.variables()));
    }

    private final SortedSet<String> added = new TreeSet<>();
    private final SortedSet<String> changed = new TreeSet<>();
    private final SortedSet<String> removed = new TreeSet<>();

    private Effects() {}

    /// What becomes of the names of one group and of its engine's root level, and of those of the
    /// groups that have its users: a change touches no others.
    static Effect of(Change change, Moment before, Moment after, Behind behind) {
        var suffixes = users(change);
        if (before.equals(after) && suffixes.isEmpty()) return Effect.NONE;
        var effects = new Effects();
        var root = change.group().engine().prefix() + "_";
        effects.compare(root + change.group().variablePart() + "_", before.group(), after.group());
        effects.compare(root, before.primary(), after.primary());
        behind.here().forEach(it -> effects.otherwise(it, suffixes));
        if (change instanceof RotateCredentials) {
            after.group().ifPresent(it -> effects.otherwise(it, suffixes));
        }
        return new Effect(effects.added, effects.changed, effects.removed);
    }

    /// The variables of users that a change gives other values, in its group and in those that
    /// follow it. A group that follows another one has that one's users; it keeps their names when
    /// it no longer does, and gets passwords of its own.
    private static Set<String> users(Change change) {
        return switch (change) {
            case StartReplication _ -> USERS;
            case RotateCredentials it -> it.application() ? PASSWORDS : Set.of();
            case CreateGroup _,
                    AdoptGroup _,
                    AddServer _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    SetPrimary _,
                    StopReplication _,
                    PromoteServer _,
                    ResyncServer _,
                    RepairServer _,
                    AcceptVersion _,
                    RemoveServer _,
                    RemoveGroup _,
                    ReleaseGroup _ ->
                    Set.of();
        };
    }

    /// The values of some of a group's variables, and of the root level's where they are the same.
    private void otherwise(RecordedGroup group, Set<String> suffixes) {
        var engine = group.name().engine();
        var root = engine.prefix() + "_";
        for (var suffix : SUFFIXES.getOrDefault(engine, List.of())) {
            if (!suffixes.contains(suffix)) continue;
            changed.add(root + group.name().variablePart() + "_" + suffix);
            if (group.primary()) changed.add(root + suffix);
        }
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
        // A group that follows another one has that one's users, and keeps them when it stops.
        var sameUsers =
                sameGroup
                        && (source.isEmpty() || source.equals(before.standing().replicatesFrom()));
        for (var suffix : SUFFIXES.getOrDefault(after.name().engine(), List.of())) {
            var same =
                    switch (suffix) {
                        case "USERNAME", "DATABASE", "PASSWORD" -> sameUsers;
                        case "URL" -> sameServer && sameUsers;
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
