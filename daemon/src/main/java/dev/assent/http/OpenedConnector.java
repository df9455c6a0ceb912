package dev.assent.http;

import dev.assent.systemd.OpenedSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Stands behind a socket that systemd has opened. At its end it answers whom it has let in, and
/// leaves all others to its successor.
final class OpenedConnector extends ServerConnector {

    /// How long it takes at most until who was let in is known to the server.
    private static final int HAND_OVER_MILLIS = 500;

    /// No thread of its own that accepts: such a one could not be stopped before one more was let
    /// in.
    private static final int ACCEPTORS = 0;

    private static final int AS_MANY_SELECTORS_AS_USUAL = -1;

    OpenedConnector(Server server, HttpConfiguration http, OpenedSocket opened) {
        super(server, ACCEPTORS, AS_MANY_SELECTORS_AS_USUAL, new HttpConnectionFactory(http));
        try {
            open(opened.channel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        setAccepting(false);
        try {
            Thread.sleep(HAND_OVER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.shutdown();
    }
}
