package dev.assent.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenedSocketTest {

    /// Does what systemd does: opens sockets, puts them where they belong, says whose they are, and
    /// becomes the program. Connects before that to the first, as somebody does while the service
    /// is down.
    private static final String OPENER =
            """
            import os, socket, sys
            sockets = []
            for kind in sys.argv[1].split(','):
                s = socket.socket(type=socket.SOCK_DGRAM if kind == 'datagram' else socket.SOCK_STREAM)
                s.bind(('127.0.0.1', 0))
                if kind == 'listening':
                    s.listen(8)
                sockets.append(s)
            early = None
            if 'listening' in sys.argv[1]:
                early = socket.create_connection(sockets[0].getsockname())
                early.sendall(b'early\\n')
                os.set_inheritable(early.fileno(), True)
            numbers = [os.dup(s.fileno()) for s in sockets]
            port = sockets[0].getsockname()[1]
            for s in sockets: s.close()
            for at, n in enumerate(numbers): os.dup2(n, 3 + at, inheritable=True)
            os.environ['LISTEN_FDS'] = str(len(numbers))
            os.environ['LISTEN_PID'] = str(os.getpid() + int(sys.argv[2]))
            os.environ['PORT'] = str(port)
            os.execv(sys.argv[3], sys.argv[3:])
            """;

    /// What the tests run behind an opened socket.
    static final class Behind {
        public static void main(String[] arguments) throws IOException {
            try {
                var opened = OpenedSocket.of(System.getenv(), ProcessHandle.current().pid());
                System.out.println(opened.isPresent());
                if (opened.isEmpty()) return;
                var port = Integer.toString(opened.get().address().getPort());
                System.out.println(port.equals(System.getenv("PORT")));
                try (var early = opened.get().channel().accept()) {
                    var line = new byte[6];
                    early.socket().getInputStream().readNBytes(line, 0, 6);
                    System.out.print(new String(line, StandardCharsets.US_ASCII));
                }
                opened.get().close();
                System.out.println("still heard");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void who_connected_while_the_service_was_down_is_answered() throws Exception {
        assertThat(behind("listening", 0)).containsExactly("true", "true", "early", "still heard");
    }

    @Test
    void a_socket_that_is_meant_for_another_process_is_left_alone() throws Exception {
        assertThat(behind("listening", 1)).containsExactly("false");
    }

    @Test
    void a_socket_of_another_kind_is_refused() throws Exception {
        assertThat(behind("datagram", 0))
                .singleElement()
                .asString()
                .contains("something else than a listening TCP socket");
    }

    @Test
    void without_systemd_there_is_none() throws IOException {
        assertThat(OpenedSocket.of(Map.of(), 7)).isEmpty();
        assertThat(OpenedSocket.of(Map.of("LISTEN_FDS", "1"), 7)).isEmpty();
        assertThat(OpenedSocket.of(Map.of("LISTEN_FDS", "0", "LISTEN_PID", "7"), 7))
                .isEqualTo(Optional.empty());
    }

    @Test
    void more_than_one_is_refused() {
        assertThatThrownBy(() -> OpenedSocket.of(Map.of("LISTEN_FDS", "2", "LISTEN_PID", "7"), 7))
                .hasMessageContaining("hands over 2 sockets")
                .hasMessageContaining("systemctl cat assentd.socket");
    }

    private static List<String> behind(String kinds, int pidBeside) throws Exception {
        var process =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                OPENER,
                                kinds,
                                Integer.toString(pidBeside),
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Behind.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var printed = process.inputReader()) {
            return printed.readAllLines();
        } finally {
            process.destroyForcibly();
        }
    }
}
