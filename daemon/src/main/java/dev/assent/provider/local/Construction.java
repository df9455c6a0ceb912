package dev.assent.provider.local;

import dev.assent.failpoint.Failpoint;
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
        var source = source();
        for (var left = ATTEMPTS - 1; ; left--) {
            var server = servers.claim(order, progress);
            try {
                build(server, source);
                return server;
            } catch (IOException | RuntimeException e) {
                undo();
                if (left == 0 || !servers.hasLostPort(server)) throw e;
                LOG.info("{}: port {} was taken meanwhile", order.key(), server.record().port());
            }
        }
    }

    /// Gives a claimed server its data and has it run with that.
    void build(LocalServer server, Optional<LocalServer> source) throws IOException {
        fill(server, source);
        progress.says("starting " + order.key().server());
        if (source.isPresent()) {
            server.startSoundly(
                    order.credentials(),
                    () ->
                            server.adapter()
                                    .finishClone(
                                            source.get().site(),
                                            server.site(),
                                            order.credentials(),
                                            servers.workbench(server)));
        } else {
            server.startNew(order.credentials());
            progress.says("making the application's user and database");
            Failpoint.LOCAL_BEFORE_ADMIT.reached(ProviderException::new);
            server.adapter().admit(server.site(), order.credentials());
            Failpoint.LOCAL_AFTER_ADMIT.reached(ProviderException::new);
        }
        server.finish();
    }

    private Optional<LocalServer> source() throws IOException {
        if (order.source().isEmpty()) return Optional.empty();
        return Optional.of(servers.running(order.source().get()));
    }

    private void fill(LocalServer server, Optional<LocalServer> source) {
        var workbench = servers.workbench(server);
        server.adapter()
                .configuration(server.site(), source.map(LocalServer::site), order.credentials())
                .forEach(workbench::write);
        if (source.isEmpty()) {
            progress.says("initialising " + order.key().server());
            server.adapter().initialise(server.site(), order.credentials(), workbench);
        } else {
            progress.says("cloning " + source.get().record().key().server());
            server.adapter()
                    .cloneFrom(source.get().site(), server.site(), order.credentials(), workbench);
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
