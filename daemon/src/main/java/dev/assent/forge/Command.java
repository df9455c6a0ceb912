package dev.assent.forge;

import dev.assent.model.GroupName;
import java.util.List;
import java.util.Optional;

/// What a comment tells Assent to do.
public sealed interface Command {

    /// Plans anew.
    record Plan() implements Command {}

    /// Shows the plans once more.
    record Show() implements Command {}

    /// Says yes.
    ///
    /// @param plan the plan's id or digest; empty: all that are shown
    /// @param destroy the groups that may lose data
    /// @param hold whether what destroys data and is not agreed to is held back
    record Approve(Optional<String> plan, List<GroupName> destroy, boolean hold)
            implements Command {
        public Approve {
            destroy = List.copyOf(destroy);
        }
    }

    /// Says no.
    record Reject(Optional<String> plan, String reason) implements Command {}

    /// Asks why something is not as it is declared.
    record Why(Optional<String> application, Optional<String> group) implements Command {}

    record Help() implements Command {}

    /// Nothing that is known.
    ///
    /// @param text what was written
    /// @param suggestion what may have been meant
    record Unknown(String text, Optional<String> suggestion) implements Command {}
}
