package dev.assent.state;

import java.time.Instant;

/// What a text turned out to be that somebody wants to sign in with.
public sealed interface Recognised {

    /// A token that counts.
    record Valid(StoredToken token) implements Recognised {}

    /// A token whose time is over.
    record Expired(String name, Instant at) implements Recognised {}

    /// A token that somebody revoked.
    record Revoked(String name, Instant at) implements Recognised {}

    /// No token of this daemon.
    record Unknown() implements Recognised {}
}
