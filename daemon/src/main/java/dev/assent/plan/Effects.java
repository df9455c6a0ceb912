package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// Works out what changes do to environment variables. Values are not known while planning, and
/// hold passwords: what is compared is whom each name speaks of.
final class Effects {

    private Effects() {}

    /// What became of the names of one group and of its engine's root level: a change touches no
    /// others.
    static Effect between(Recorded before, Recorded after, GroupName group) {
        var was = meanings(before, group);
        var becomes = meanings(after, group);
        var added = new TreeSet<>(becomes.keySet());
        added.removeAll(was.keySet());
        var removed = new TreeSet<>(was.keySet());
        removed.removeAll(becomes.keySet());
        var changed = new TreeSet<String>();
        was.forEach((name, meaning) -> {
            if (!meaning.equals(becomes.getOrDefault(name, meaning))) changed.add(name);
        });
        return new Effect(added, changed, removed);
    }

    private static Map<String, String> meanings(Recorded recorded, GroupName group) {
        var meanings = new HashMap<String, String>();
        var prefix = group.engine().prefix() + "_";
        recorded.group(group)
                .ifPresent(it ->
                        meanings(it)
                                .forEach((suffix, meaning) ->
                                        meanings.put(
                                                prefix + group.variablePart() + "_" + suffix,
                                                meaning)));
        recorded.primary(group.engine())
                .ifPresent(it ->
                        meanings(it)
                                .forEach((suffix, meaning) ->
                                        meanings.put(prefix + suffix, meaning)));
        return meanings;
    }

    private static Map<String, String> meanings(RecordedGroup group) {
        var meanings = new HashMap<String, String>();
        var where = group.name() + " on " + group.primaryServer().name();
        for (var suffix : group.name().engine().variables()) {
            meanings.put(
                    suffix,
                    switch (suffix) {
                        // A group that follows another one has that one's users.
                        case "USERNAME", "PASSWORD", "DATABASE", "URL" ->
                                where + " as " + group.standing().replicatesFrom();
                        default -> where;
                    });
        }
        if (group.servers().size() > 1) {
            meanings.put(
                    "REPLICA_ADDRESS",
                    group.servers().stream().skip(1).map(it -> it.name().name()).toList()
                            + " of "
                            + group.name());
        }
        return meanings;
    }
}
