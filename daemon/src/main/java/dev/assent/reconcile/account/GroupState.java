package dev.assent.reconcile.account;

import dev.assent.model.Recorded.RecordedGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/// A group as single statements, by name: `configuration.version` is `16.15`. The names are the
/// manifest's own where it has one.
final class GroupState {

    /// That the group exists, and where it came from.
    static final String EXISTS = "exists";

    private GroupState() {}

    /// In the order in which a person reads them. Where its servers listen is left out: that
    /// follows from their being built, and nobody decides it.
    static Map<String, String> of(RecordedGroup group) {
        var state = new LinkedHashMap<String, String>();
        var standing = group.standing();
        state.put(
                EXISTS,
                switch (group.origin()) {
                    case MANIFEST -> "declared";
                    case REQUEST -> "asked for";
                    case ADOPTED -> "adopted";
                });
        state.put("configuration.engine", group.specification().variant().word());
        state.put("configuration.version", group.version().text());
        group.specification()
                .settings()
                .forEach((name, value) -> state.put("configuration." + name, value));
        for (var server : group.servers()) {
            var name = "servers." + server.name();
            var first = server.equals(group.primaryServer());
            state.put(name, first ? "primary server" : "replica");
            server.spec().settings().forEach((key, value) -> state.put(name + "." + key, value));
        }
        state.put("primary", word(standing.primary()));
        state.put("protected", word(standing.isProtected()));
        state.put("replicate_from", standing.replicatesFrom().map(Object::toString).orElse("none"));
        state.put("backups", standing.backups().map(Object::toString).orElse("none"));
        return state;
    }

    private static String word(boolean is) {
        return is ? "yes" : "no";
    }
}
