package dev.assent.provider;

import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.plan.StepKey;
import java.util.Collection;
import java.util.List;

/// Makes, watches and removes servers. Every call that changes something may be repeated after a
/// crash at any instant: it goes on where the last attempt stopped, and what is already so stays.
/// Where it is done for a step of a plan ([Progress#step]), that is written down where the servers
/// are before anything is touched, so that [#probe] can tell later what became of it.
///
/// What the world outside refuses (no disk, no program, no answer) is a [ProviderException] that
/// says what was tried on what.
public interface Provider extends AutoCloseable {

    Catalogue catalogue();

    /// Builds and starts a server with its application user and database, and waits until a real
    /// connection succeeds. Nothing half-built is left running when it fails. A built server that
    /// is not this step's is never touched: that is an [OccupiedException].
    Endpoint build(BuildOrder order, Progress progress);

    /// Replaces what a built server holds by a copy of the order's source, and has it follow that.
    /// Place and port stay. When it fails, the server is as it was before. One of which nothing is
    /// left is built anew in the order's place.
    Endpoint rebuild(BuildOrder order, Progress progress);

    /// Has a built server follow the order's source with the data that it holds; where it cannot go
    /// on from there, as [#rebuild] does.
    void follow(BuildOrder order, Progress progress);

    /// Has a primary server take no writes any more, waits until its heir has all that it has
    /// acknowledged, and stops it. It is not started again until it follows somebody; one that is
    /// stopped is started for that. When it fails, it is the primary server that it was.
    void fence(ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress);

    /// The same without waiting for anything: whatever the server has that nobody else has is given
    /// up. One that is not there, or does not answer, is no error.
    void forsake(ServerKey primary, Progress progress);

    /// Has a replica follow nobody any more and take writes.
    void promote(ServerKey replica, GroupCredentials credentials, Progress progress);

    /// Has a server know new passwords: its own users' on a server that follows nobody, those that
    /// it signs in with on one that does.
    void rekey(ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress);

    /// Writes a server's configuration anew, as it has to be, and starts it again with it.
    void configure(ServerKey server, GroupCredentials credentials, Progress progress);

    /// Stops a server and deletes its data. A server that is not there is no error.
    void remove(ServerKey server, Progress progress);

    /// Removes what a step has built or begun to build. A server that another step has built, or
    /// that is not there, stays as it is.
    void discard(ServerKey server, StepKey builder, Progress progress);

    /// What became of work that a step has started. Nothing is changed. A provider that cannot be
    /// asked now is a [ProviderException].
    Settled probe(StepKey step, Work work);

    /// Has a built server count as built by this step, whoever built it: one that is as the order
    /// says, and lets in by its passwords. For one that is not, a [ProviderException] says what is
    /// different.
    void adopt(BuildOrder order, Progress progress);

    /// Starts a built server that is not running; does nothing to one that is, nor to one that is
    /// fenced.
    ///
    /// @return whether it had to be started
    boolean start(ServerKey server, GroupCredentials credentials);

    /// Which of these servers have died, each told until it runs again; one that was started again
    /// by whoever keeps it, once. This is asked every second about every server: it waits for
    /// nothing and connects to nobody. What is being worked on, or stands still on purpose, has not
    /// died.
    default List<Death> deaths(Collection<ServerKey> servers) {
        return List.of();
    }

    /// Keeps from growing without end what these servers write beside their data: their logs. This
    /// is asked every few seconds, and waits for nothing.
    default void trim(Collection<ServerKey> servers) {
        // Nothing grows that this provider knows of.
    }

    /// What can be seen of a server now, by a real connection where there is a process.
    Health health(ServerKey server, GroupCredentials credentials);

    /// Lets go of everything but the servers, which outlive the daemon.
    @Override
    void close();
}
