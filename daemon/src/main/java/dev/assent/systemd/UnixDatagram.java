package dev.assent.systemd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/// Sends datagrams to a Unix socket, which the JDK has no class for: `sendto(2)`. Linux only.
public final class UnixDatagram implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /// Room for a path in `sockaddr_un`, with its last zero.
    private static final int LONGEST_PATH = 108;

    private static final int FAMILY_BYTES = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            function(
                    "socket",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle SENDTO =
            function(
                    "sendto",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final String address;
    private final int socket;

    private UnixDatagram(String address, int socket) {
        this.address = address;
        this.socket = socket;
    }

    /// A socket that sends to an address.
    ///
    /// @param address a path, or a name in the abstract namespace that begins with `@`
    /// @throws IOException if the address is too long or there are too many open files
    public static UnixDatagram to(String address) throws IOException {
        if (address.getBytes(StandardCharsets.UTF_8).length >= LONGEST_PATH) {
            throw new IOException("the name of the socket is too long: " + address);
        }
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            var socket = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (socket < 0) throw failed("no socket for " + address, state);
            return new UnixDatagram(address, socket);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends one message as one datagram.
    ///
    /// @throws IOException if nobody listens there, or the message is longer than a datagram may be
    public void send(byte[] message) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            var name = name(arena);
            var bytes = arena.allocate(Math.max(1, message.length));
            MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, message.length);
            var sent =
                    (long)
                            SENDTO.invokeExact(
                                    state,
                                    socket,
                                    bytes,
                                    (long) message.length,
                                    MSG_NOSIGNAL,
                                    name,
                                    (int) name.byteSize());
            if (sent != message.length) throw failed("nothing was sent to " + address, state);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// A `sockaddr_un`: a path ends with a zero, an abstract name begins with one.
    private MemorySegment name(Arena arena) {
        var path = address.getBytes(StandardCharsets.UTF_8);
        var isAbstract = address.startsWith("@");
        if (isAbstract) path[0] = 0;
        var name = arena.allocate(FAMILY_BYTES + path.length + (isAbstract ? 0L : 1L), 2);
        name.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, name, ValueLayout.JAVA_BYTE, FAMILY_BYTES, path.length);
        return name;
    }

    @Override
    public void close() {
        try (var arena = Arena.ofConfined()) {
            // What it returns is of no use to anybody: the socket is gone either way.
            var _ = (int) CLOSE.invokeExact(arena.allocate(STATE), socket);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static IOException failed(String what, MemorySegment state) {
        return new IOException(what + ": error number " + (int) ERRNO.get(state, 0L));
    }

    @SuppressWarnings("restricted") // Native code cannot be called otherwise.
    private static MethodHandle function(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                signature,
                Linker.Option.captureCallState("errno"));
    }
}
