package dev.assent.provider;

import dev.assent.model.ServerKey;

/// A built server whose process is not there any more, and what has become of it since.
///
/// @param detail more about that, in a clause; may be empty
public record Death(ServerKey server, Fate fate, String detail) {

    public enum Fate {
        /// It lies there until somebody starts it.
        ENDED,
        /// Whoever keeps its process has started it again.
        RESTARTED,
        /// Whoever keeps its process does not start it any more.
        GIVEN_UP
    }
}
