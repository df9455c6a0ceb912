package dev.assent.provider.local;

import dev.assent.model.ServerKey;
import java.util.Optional;

/// What a server is among others.
///
/// @param source the server that it follows; empty for one that follows nobody
/// @param fenced whether it has handed over what it did, and is not started until it follows
///   somebody
record Role(Optional<ServerKey> source, boolean fenced) {

    static Role following(Optional<ServerKey> source) {
        return new Role(source, false);
    }

    /// The same, set aside.
    Role retired() {
        return new Role(source, true);
    }
}
