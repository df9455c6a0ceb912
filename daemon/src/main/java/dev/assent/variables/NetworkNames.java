package dev.assent.variables;

import dev.assent.model.Engine;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Service names: what groups answer to where there is service networking: `mysql-main` is a group,
/// and `mysql` its engine's primary group. They are read off the variables, so that they are
/// pending and come into force with them, and collide where those do and nowhere else.
public final class NetworkNames {

    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]");

    private NetworkNames() {}

    /// Service names and the addresses of the groups that answer to them.
    public static SortedMap<String, String> of(SortedMap<String, String> variables) {
        var names = new TreeMap<String, String>();
        for (var engine : Engine.values()) {
            var prefix = engine.prefix() + "_";
            variables.forEach((name, address) -> {
                if (!name.startsWith(prefix) || !name.endsWith("ADDRESS")) return;
                var stem = name.substring(0, name.length() - "ADDRESS".length());
                // What has no port is the address of replicas.
                if (!variables.containsKey(stem + "PORT")) return;
                var group = stem.substring(prefix.length());
                names.put(engine.word() + part(group), address);
            });
        }
        return names;
    }

    /// `MY_DB_` becomes `-my-db`; nothing stays nothing.
    private static String part(String stem) {
        if (stem.isEmpty()) return "";
        var group = stem.substring(0, stem.length() - 1).toLowerCase(Locale.ROOT);
        return "-" + OTHER.matcher(group).replaceAll("-");
    }
}
