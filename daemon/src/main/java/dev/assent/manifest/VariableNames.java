package dev.assent.manifest;

import dev.assent.model.GroupName;
import java.util.HashMap;
import java.util.List;

/// Sees to it that no two groups of an application would write the same environment variable, and
/// none writes one of the root level.
final class VariableNames {

    private static final List<String> ENDINGS =
            List.of(
                    "ADDRESS",
                    "PORT",
                    "USERNAME",
                    "PASSWORD",
                    "DATABASE",
                    "URL",
                    "ADDRESS_INT",
                    "ADDRESS_EXT",
                    "REPLICA_ADDRESS");

    private VariableNames() {}

    static void check(List<DeclaredGroup> groups, Problems problems) {
        var owners = new HashMap<String, DeclaredGroup>();
        for (var group : groups) {
            var names = names(group.name());
            var shadowed = names.stream().filter(it -> isRoot(it, group.name())).findFirst();
            if (shadowed.isPresent()) {
                reportShadowed(group, shadowed.get(), problems);
                continue;
            }
            for (var name : names) {
                var other = owners.putIfAbsent(name, group);
                if (other == null || other.name().equals(group.name())) continue;
                reportCollision(group, other, name, problems);
                break;
            }
        }
    }

    private static List<String> names(GroupName group) {
        var prefix = group.engine().prefix() + "_" + group.variablePart() + "_";
        return ENDINGS.stream().map(prefix::concat).toList();
    }

    private static boolean isRoot(String name, GroupName group) {
        return ENDINGS.contains(name.substring(group.engine().prefix().length() + 1));
    }

    private static void reportShadowed(DeclaredGroup group, String name, Problems problems) {
        problems.add(
                Code.SHADOWED_VARIABLE,
                group.spot(),
                "a group named %s would write `%s`, which stands for the replicas of the primary group"
                        .formatted(Words.quoted(group.name().name()), name),
                Remedy.suggest("name the group differently"));
    }

    private static void reportCollision(
            DeclaredGroup group, DeclaredGroup other, String name, Problems problems) {
        problems.add(
                Code.COLLIDING_VARIABLES,
                group.spot(),
                "the groups %s and %s (line %d) would both write `%s`"
                        .formatted(
                                Words.quoted(group.name().name()),
                                Words.quoted(other.name().name()),
                                other.spot().place().line(),
                                name),
                Remedy.suggest("name one of them differently"));
    }
}
