package dev.assent.variables;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// One variable that the next redeploy changes. What must not be shown is not in here.
///
/// @param secret whether its values are left out because they are passwords or hold one
/// @param before the value in force
/// @param after the pending value
public record VariableChange(
        String name, Kind kind, boolean secret, Optional<String> before, Optional<String> after) {

    /// How a variable differs.
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED;

        /// The word in JSON: `added`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What differs between the variables in force and those that are pending, by name.
    public static List<VariableChange> between(
            SortedMap<String, String> inForce, SortedMap<String, String> pending) {
        var names = new TreeSet<>(inForce.keySet());
        names.addAll(pending.keySet());
        return names.stream()
                .filter(it -> !Objects.equals(inForce.get(it), pending.get(it)))
                .map(it ->
                        of(
                                it,
                                Optional.ofNullable(inForce.get(it)),
                                Optional.ofNullable(pending.get(it))))
                .toList();
    }

    private static VariableChange of(String name, Optional<String> before, Optional<String> after) {
        var kind = before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        return hidden(name, before) || hidden(name, after)
                ? new VariableChange(name, kind, true, Optional.empty(), Optional.empty())
                : new VariableChange(name, kind, false, before, after);
    }

    private static boolean hidden(String name, Optional<String> value) {
        return value.filter(it -> Variables.isSecret(name, it)).isPresent();
    }
}
