package dev.assent.provider.local;

import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.provider.Progress;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what a primary server does from it, and gives it to another one.
record Handover(LocalServers servers, Progress progress) {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    /// It is recorded as fenced before it is stopped: from the moment that its heir has everything,
    /// nobody may start it any more.
    void fence(ServerKey primary, ServerKey heir, GroupCredentials credentials) throws IOException {
        var server = servers.settled(primary, progress);
        if (server.record().fenced()) {
            server.stop();
            return;
        }
        var next = servers.running(heir);
        progress.says("seeing that " + primary.server() + " runs");
        server.start(credentials);
        try {
            progress.says("waiting until %s has everything".formatted(heir.server()));
            var workbench = servers.workbench(server);
            server.adapter().fence(server.site(), next.site(), credentials, workbench);
            var running = server.again();
            progress.says("stopping " + primary.server());
            running.recorded(running.record().retired()).stop();
        } catch (IOException | RuntimeException e) {
            reinstate(server, credentials);
            throw e;
        }
    }

    /// The primary server that it was. An interrupt must not keep it from that.
    private void reinstate(LocalServer server, GroupCredentials credentials) {
        var interrupted = Thread.interrupted();
        try {
            new Upkeep(servers, Progress.SILENT).configure(server.again(), credentials);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} could not be made again the primary server that it was: {}",
                    server.record().key(),
                    e.getMessage());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /// Its programs may be gone, and its data as well: nothing of it is needed.
    void forsake(ServerKey primary) throws IOException {
        var there = servers.find(primary);
        if (there.isEmpty()) return;
        progress.says("ending " + primary.server());
        there.get().recorded(there.get().record().retired()).end();
    }

    /// Its configuration is written before the record: one that is started in between is the
    /// primary server already.
    void promote(ServerKey replica, GroupCredentials credentials) throws IOException {
        var server = servers.settled(replica, progress);
        progress.says("promoting " + replica.server());
        server.start(credentials);
        server.adapter().promote(server.site(), credentials, servers.workbench(server));
        servers.forgetAt(server.record().source(), server.site());
        var role = Role.following(Optional.empty());
        servers.configure(server, role, credentials);
        var now = server.again();
        now.recorded(now.record().as(role));
    }
}
