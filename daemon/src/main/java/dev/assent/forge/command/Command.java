package dev.assent.forge.command;

import dev.assent.model.GroupName;
import java.util.Optional;
import java.util.Set;

/// Something that a comment tells Assent to do, on a line of its own that begins with `/assent`.
public sealed interface Command {

    /// Plan anew.
    record Plan() implements Command {}

    /// Say the plan again.
    record Show() implements Command {}

    /// Yes.
    ///
    /// @param plan the plan's id or digest, where it is named
    /// @param destroy the groups whose data may be destroyed
    /// @param holdDestructive whether the rest is done without what destroys data
    record Approve(Optional<String> plan, Set<GroupName> destroy, boolean holdDestructive)
            implements Command {
        public Approve {
            destroy = Set.copyOf(destroy);
        }
    }

    /// No.
    ///
    /// @param reason what else stands on the line; empty text where there is nothing
    record Reject(Optional<String> plan, String reason) implements Command {}

    /// Say what keeps groups from being as they are declared.
    ///
    /// @param application `APP` or `APP/ENV`
    /// @param group a group's name or `ENGINE/GROUP`
    record Why(Optional<String> application, Optional<String> group) implements Command {}

    /// Say what can be said.
    record Help() implements Command {}

    /// None that there is.
    ///
    /// @param text the line, cut and with everything hidden in it made visible; it is somebody's,
    ///   and has to be made inert before it is shown in Markdown
    /// @param suggestion what was probably meant, or what to do instead
    record Unknown(String text, String suggestion) implements Command {}
}
