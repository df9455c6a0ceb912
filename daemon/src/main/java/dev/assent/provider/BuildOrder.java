package dev.assent.provider;

import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import java.util.Optional;

/// A server to be built.
///
/// @param specification how; its version is decided
/// @param primary the running server of the same group to replicate from; empty for the primary
///   server itself
public record BuildOrder(
        ServerKey key,
        Specification specification,
        ServerSpec server,
        GroupCredentials credentials,
        Optional<ServerKey> primary) {}
