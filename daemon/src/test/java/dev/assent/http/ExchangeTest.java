package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.http.api.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    @Test
    void who_is_there_and_does_not_answer_is_told_from_who_is_not_there() throws Exception {
        URI url;
        try (var mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + mute.getLocalPort());

            assertThatThrownBy(() -> ask(url))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessage(
                            "the daemon at %s does not answer in time (1 s); look at its log", url);
        }

        assertThatThrownBy(() -> ask(url))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("no daemon answers at " + url);
    }

    private static Status ask(URI url) {
        var connection = new Connection(url, Optional.of("token"), "");
        try (var exchange = new Exchange(connection, Optional.empty(), Duration.ofSeconds(1))) {
            return exchange.get("/status", Map.of(), Status.class);
        }
    }
}
