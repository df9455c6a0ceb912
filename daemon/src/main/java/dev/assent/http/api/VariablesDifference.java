package dev.assent.http.api;

import dev.assent.variables.VariableChange;
import java.util.List;
import java.util.Optional;

/// What the next redeploy of an application would change, without secrets.
public record VariablesDifference(String application, String environment, List<Entry> changes) {

    /// One variable that would change.
    ///
    /// @param change `added`, `removed` or `changed`
    /// @param secret whether its values are left out because they are passwords or hold one
    /// @param before the value in force
    /// @param after the pending value
    public record Entry(
            String name,
            String change,
            boolean secret,
            Optional<String> before,
            Optional<String> after) {

        public static Entry of(VariableChange change) {
            return new Entry(
                    change.name(),
                    change.kind().word(),
                    change.secret(),
                    change.before(),
                    change.after());
        }
    }
}
