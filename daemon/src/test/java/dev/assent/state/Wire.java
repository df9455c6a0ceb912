package dev.assent.state;

import dev.assent.model.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/// The network between a node and its database server, which breaks at the moment that it is told.
final class Wire implements AutoCloseable {

    /// What happens to what is said next.
    enum Fate {
        PASSES,
        /// It does not arrive.
        IS_LOST,
        /// It arrives, but its answer does not.
        IS_NOT_ANSWERED,
        /// The same, and from then on nothing gets through.
        IS_THE_LAST
    }

    private final Endpoint server;
    private final ServerSocket listening;
    private final AtomicReference<Fate> next = new AtomicReference<>(Fate.PASSES);
    private volatile boolean isCut;

    Wire(Endpoint server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", listening.getLocalPort());
    }

    void next(Fate fate) {
        next.set(fate);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var near = listening.accept();
                if (isCut) {
                    near.close();
                    continue;
                }
                var far = new Socket(server.host(), server.port());
                var line = new Line(near, far);
                Thread.ofVirtual().start(line::ask);
                Thread.ofVirtual().start(line::answer);
            } catch (IOException _) {
                // Closed: the test is over.
            }
        }
    }

    /// One connection.
    private final class Line {

        private final Socket near;
        private final Socket far;
        private volatile boolean isDeaf;

        private Line(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        private void ask() {
            pump(
                    near,
                    far,
                    () -> {
                        var fate = next.getAndSet(Fate.PASSES);
                        switch (fate) {
                            case PASSES -> {}
                            case IS_LOST -> hangUp();
                            case IS_NOT_ANSWERED -> isDeaf = true;
                            case IS_THE_LAST -> {
                                isDeaf = true;
                                isCut = true;
                            }
                        }
                    });
        }

        private void answer() {
            pump(
                    far,
                    near,
                    () -> {
                        if (isDeaf) hangUp();
                    });
        }

        private void pump(Socket from, Socket to, Runnable before) {
            var bytes = new byte[1 << 16];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (var read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    before.run();
                    out.write(bytes, 0, read);
                }
            } catch (IOException _) {
                // The other end hung up.
            }
        }

        private void hangUp() {
            try {
                near.close();
                far.close();
            } catch (IOException _) {
                // It is gone already.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
