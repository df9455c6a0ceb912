package dev.assent.provider;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import java.util.Optional;

/// A server to be built.
///
/// @param specification how; its version is decided
/// @param credentials of its group; of its source's group where it follows one, whose users and
///   passwords it has then
/// @param source the running server that it is to follow, of the same group or another one; empty
///   for one that follows nobody
/// @param place where it listens already, as applications know; empty for one that is new
public record BuildOrder(
        ServerKey key,
        Specification specification,
        ServerSpec server,
        GroupCredentials credentials,
        Optional<ServerKey> source,
        Optional<Endpoint> place) {

    /// Of a server that has no place yet.
    public BuildOrder(
            ServerKey key,
            Specification specification,
            ServerSpec server,
            GroupCredentials credentials,
            Optional<ServerKey> source) {
        this(key, specification, server, credentials, source, Optional.empty());
    }
}
