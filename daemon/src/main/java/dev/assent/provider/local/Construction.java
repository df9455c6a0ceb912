package dev.assent.provider.local;

import dev.assent.provider.BuildOrder;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds one server, or nothing: what fails halfway leaves no process, no folder and no port.
record Construction(LocalServers servers, BuildOrder order, Progress progress) {

    private static final Logger LOG = LoggerFactory.getLogger(Construction.class);
    private static final int ATTEMPTS = 3;

    /// Begins again where another program took the port while there was nothing yet to hold it.
    LocalServer build() throws IOException {
        var primary = primary();
        for (var left = ATTEMPTS - 1; ; left--) {
            progress.says("preparing " + order.key().server());
            var server = servers.claim(order, progress);
            try {
                build(server, primary);
                return server;
            } catch (IOException | RuntimeException e) {
                undo();
                if (left == 0 || !servers.hasLostPort(server)) throw e;
                LOG.info("{}: port {} was taken meanwhile", order.key(), server.record().port());
            }
        }
    }

    private void build(LocalServer server, Optional<LocalServer> primary) throws IOException {
        fill(server, primary);
        progress.says("starting " + order.key().server());
        server.start(order.credentials());
        if (primary.isEmpty()) {
            progress.says("making the application's user and database");
            server.adapter().admit(server.site(), order.credentials());
        }
        server.finish();
    }

    private Optional<LocalServer> primary() throws IOException {
        if (order.primary().isEmpty()) return Optional.empty();
        var key = order.primary().get();
        var primary = servers.find(key);
        if (primary.flatMap(LocalServer::process).isEmpty()) {
            throw new ProviderException(
                    "it is to be a replica of %s, which does not run; start that one first"
                            .formatted(key));
        }
        return primary;
    }

    private void fill(LocalServer server, Optional<LocalServer> primary) {
        var workbench = new LocalWorkbench(server.folder().path(), servers.user());
        if (primary.isEmpty()) {
            progress.says("initialising " + order.key().server());
            server.adapter().initialise(server.site(), order.credentials(), workbench);
        } else {
            progress.says("cloning " + primary.get().record().key().server());
            server.adapter()
                    .cloneFrom(primary.get().site(), server.site(), order.credentials(), workbench);
        }
    }

    /// An interrupt that broke the building off must not keep it from being cleared away.
    private void undo() {
        var interrupted = Thread.interrupted();
        try {
            servers.remove(order.key());
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{}: what was built could not be cleared away; the next attempt does it: {}",
                    order.key(),
                    e.getMessage());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
