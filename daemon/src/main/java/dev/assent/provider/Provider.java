package dev.assent.provider;

import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;

/// Makes, watches and removes servers. Every call that changes something may be repeated after a
/// crash at any instant: it goes on where the last attempt stopped, and what is already so stays.
///
/// What the world outside refuses (no disk, no program, no answer) is a [ProviderException] that
/// says what was tried on what.
public interface Provider extends AutoCloseable {

    Catalogue catalogue();

    /// Builds and starts a server with its application user and database, and waits until a real
    /// connection succeeds. Nothing half-built is left running when it fails.
    Endpoint build(BuildOrder order, Progress progress);

    /// Stops a server and deletes its data. A server that is not there is no error.
    void remove(ServerKey server, Progress progress);

    /// Starts a built server that is not running; does nothing to one that is.
    void start(ServerKey server, GroupCredentials credentials);

    /// What can be seen of a server now, by a real connection where there is a process.
    Health health(ServerKey server, GroupCredentials credentials);

    /// Lets go of everything but the servers, which outlive the daemon.
    @Override
    void close();
}
