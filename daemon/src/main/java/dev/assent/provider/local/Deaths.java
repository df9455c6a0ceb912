package dev.assent.provider.local;

import dev.assent.model.ServerKey;
import dev.assent.provider.Death;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out which servers have died. Most live, and of those nothing is looked at but the process
/// that they had when they were last looked at.
final class Deaths {

    private final LocalServers servers;
    private final Map<ServerKey, ServerProcess> living = new ConcurrentHashMap<>();

    Deaths(LocalServers servers) {
        this.servers = servers;
    }

    boolean isKnownToLive(ServerKey key) {
        var known = living.get(key);
        return known != null && known.lives();
    }

    /// What has become of a server whose process has ended; empty for one that lives, and for one
    /// that is not to live. Nothing else may be done to it meanwhile.
    Optional<Death> of(ServerKey key) throws IOException {
        living.remove(key);
        var server = servers.find(key);
        if (server.isEmpty() || !server.get().isToRun()) return Optional.empty();
        var recorded = server.get().record().process();
        var lives = recorded.filter(ServerProcess::lives);
        lives.ifPresent(it -> living.put(key, it));
        if (lives.isPresent()) return Optional.empty();
        var after = server.get().running().afterDeath(server.get().folder());
        if (after.process().isPresent()) {
            note(server.get(), after.process().get());
            // Without a process of which it was known, nothing has died.
            if (recorded.isEmpty()) return Optional.empty();
        }
        return after.fate().map(it -> new Death(key, it, after.detail()));
    }

    private void note(LocalServer server, ServerProcess process) throws IOException {
        server.folder().write(server.record().running(process));
        living.put(server.record().key(), process);
    }
}
