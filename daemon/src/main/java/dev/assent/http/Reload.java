package dev.assent.http;

import java.util.List;

/// What came of reading the configuration anew.
public sealed interface Reload {

    /// It is in force.
    ///
    /// @param changed what is otherwise than before, in a few words each; empty when nothing is
    record Taken(List<String> changed) implements Reload {
        public Taken {
            changed = List.copyOf(changed);
        }
    }

    /// The former one stays in force.
    ///
    /// @param why what is wrong, with places and remedies; several lines
    record Refused(String why) implements Reload {}
}
