package dev.assent;

import dev.assent.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// The network between a node and the record's server. Where it is cut nothing gets through any
/// more, and nobody is told.
final class Cable implements AutoCloseable {

    private final Endpoint server;
    private final ServerSocket near;
    private volatile boolean cut;

    Cable(Endpoint server) throws IOException {
        this.server = server;
        this.near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", near.getLocalPort());
    }

    void cut() {
        cut = true;
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                var one = near.accept();
                var other = new Socket(server.host(), server.port());
                Thread.ofVirtual().start(() -> pump(one, other));
                Thread.ofVirtual().start(() -> pump(other, one));
            } catch (IOException _) {
                // Closed: the test is over.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        var bytes = new byte[1 << 14];
        try (from;
                to) {
            while (true) {
                var length = from.getInputStream().read(bytes);
                if (length < 0) return;
                if (!cut) to.getOutputStream().write(bytes, 0, length);
            }
        } catch (IOException _) {
            // One of them has ended.
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
    }
}
