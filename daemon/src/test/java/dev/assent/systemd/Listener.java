package dev.assent.systemd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Somebody who listens at a Unix datagram socket, in another language: a Python process that
/// prints what it is told.
public final class Listener implements AutoCloseable {

    private static final String PROGRAM =
            """
            import socket, sys, time
            path = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + path[1:] if path.startswith('@') else path)
            print('listening', flush=True)
            while True:
                print(s.recv(1 << 20).hex(), time.clock_gettime_ns(time.CLOCK_MONOTONIC), flush=True)
            """;

    private final String address;
    private final Process process;
    private final BufferedReader printed;

    private Listener(String address, Process process) {
        this.address = address;
        this.process = process;
        this.printed =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Listens at a path, or at a name in the abstract namespace that begins with `@`.
    public static Listener at(String address) throws IOException {
        var process =
                new ProcessBuilder("python3", "-c", PROGRAM, address)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var listener = new Listener(address, process);
        if (!"listening".equals(listener.printed.readLine())) {
            throw new IOException("nobody listens at " + address);
        }
        return listener;
    }

    public String address() {
        return address;
    }

    /// The next datagram, waited for; as text.
    public String next() throws IOException {
        return new String(nextBytes(), StandardCharsets.UTF_8);
    }

    /// The next datagram, waited for.
    public byte[] nextBytes() throws IOException {
        return HexFormat.of().parseHex(printed.readLine().split(" ")[0]);
    }

    /// The time of the clock that systemd uses, read by somebody else.
    long monotonicMicros() throws IOException {
        var python = "import time; print(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)";
        var clock = new ProcessBuilder("python3", "-c", python).start();
        try (var reader = clock.inputReader()) {
            return Long.parseLong(reader.readLine());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
