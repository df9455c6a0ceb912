package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void who_listens_on_a_port_is_found_until_it_does_so_no_more() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();

            assertThat(Listeners.on(port))
                    .hasValue("process %d (`java`)".formatted(ProcessHandle.current().pid()));
        }
        assertThat(Listeners.on(port)).isEmpty();
    }
}
