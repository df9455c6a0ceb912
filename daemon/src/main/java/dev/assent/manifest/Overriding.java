package dev.assent.manifest;

import java.util.Map;

/// Variables that stand above a file: each of them, with the prefix before its name, gives one of
/// the file's values.
///
/// @param prefix `ASSENT_CONFIG_`
/// @param variables by name; those without the prefix are none of our business
public record Overriding(String prefix, Map<String, String> variables) {

    /// No variable at all.
    public static final Overriding NONE = new Overriding("", Map.of());

    public Overriding {
        variables = Map.copyOf(variables);
    }

    /// Whether a variable is one of these.
    boolean concerns(String name) {
        return !prefix.isEmpty() && name.startsWith(prefix);
    }
}
