package dev.assent.provider.local;

import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.provider.Progress;
import java.io.IOException;

/// Changes what a server is told, not what it is.
record Upkeep(LocalServers servers, Progress progress) {

    /// A fenced server hears of new passwords from whom it follows next.
    void rekey(ServerKey key, GroupCredentials from, GroupCredentials to) throws IOException {
        var server = servers.settled(key, progress);
        var role = server.record().role();
        if (role.fenced()) return;
        progress.says("giving %s new passwords".formatted(key.server()));
        var source = servers.sourceOf(role);
        servers.configure(server, role, to);
        server.start(from, to);
        server.adapter().rekey(server.site(), source, from, to);
    }

    void configure(ServerKey key, GroupCredentials credentials) throws IOException {
        configure(servers.settled(key, progress), credentials);
    }

    void configure(LocalServer server, GroupCredentials credentials) throws IOException {
        var role = new Role(server.record().source(), false);
        progress.says("stopping " + server.record().key().server());
        server.stop();
        servers.configure(server, role, credentials);
        var now = server.again();
        var configured = now.recorded(now.record().as(role));
        progress.says("starting " + server.record().key().server());
        configured.start(credentials);
    }
}
