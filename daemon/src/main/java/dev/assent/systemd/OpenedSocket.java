package dev.assent.systemd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Optional;

/// A socket that systemd listens at for this process (`sd_listen_fds(3)`), so that who connects
/// while the service restarts waits and is not turned away.
public final class OpenedSocket {

    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    /// The first descriptor that systemd hands over.
    private static final int HANDED_OVER = 3;

    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final int output;
    private final int error;

    private OpenedSocket(
            ServerSocketChannel channel, InetSocketAddress address, int output, int error) {
        this.channel = channel;
        this.address = address;
        this.output = output;
        this.error = error;
    }

    /// The socket of whoever has started this process: `LISTEN_FDS`, if `LISTEN_PID` says that it
    /// is meant. Empty where there is none. Takes the place of the standard input.
    ///
    /// @param environment this process's environment variables
    /// @param pid this process
    /// @throws IOException if what was handed over is not one listening TCP socket
    public static Optional<OpenedSocket> of(Map<String, String> environment, long pid)
            throws IOException {
        var meant = environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid));
        var count = environment.getOrDefault("LISTEN_FDS", "0");
        if (!meant || count.equals("0")) return Optional.empty();
        if (!count.equals("1")) {
            throw new IOException(
                    "systemd hands over %s sockets, and one is taken: leave one ListenStream= in the socket unit (see `systemctl cat assentd.socket`)"
                            .formatted(count));
        }
        return Optional.of(taken());
    }

    /// A JVM takes over a socket that is its standard input, and no other.
    private static OpenedSocket taken() throws IOException {
        var output = Descriptors.copy(STANDARD_OUTPUT);
        var error = Descriptors.copy(STANDARD_ERROR);
        Descriptors.copy(HANDED_OVER, STANDARD_INPUT);
        if (System.inheritedChannel() instanceof ServerSocketChannel channel
                && channel.getLocalAddress() instanceof InetSocketAddress address) {
            return new OpenedSocket(channel, address, output, error);
        }
        throw new IOException(
                "systemd hands over something else than a listening TCP socket: have ListenStream= of the socket unit name an address and a port (see `systemctl cat assentd.socket`)");
    }

    public ServerSocketChannel channel() {
        return channel;
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return address;
    }

    /// Closes this process's side of it; systemd goes on listening. Closing what was inherited
    /// makes a JVM mute, which is undone.
    public void close() throws IOException {
        channel.close();
        Descriptors.copy(output, STANDARD_OUTPUT);
        Descriptors.copy(error, STANDARD_ERROR);
    }
}
