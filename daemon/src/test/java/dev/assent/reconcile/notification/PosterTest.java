package dev.assent.reconcile.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assent.reconcile.CarryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosterTest {

    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "localhost",
                "2130706433",
                "127.1",
                "0.0.0.0",
                "169.254.169.254",
                "10.0.0.1",
                "192.168.0.1",
                "100.64.0.1",
                "[fd00::1]",
                "[fe80::1]",
                "224.0.0.1",
            })
    void nothing_is_posted_to_the_own_machine_or_network(String host) {
        var url = "http://%s:%d/hush".formatted(host, receiver.port());

        var failure = refusal(Resolver.SYSTEM, false, url);

        assertThat(failure)
                .hasMessageContaining("is not on the Internet")
                .hasMessageNotContaining("hush");
        assertThat(failure.isPassing()).isTrue();
        assertThat(receiver.posted()).isEmpty();
    }

    @Test
    void a_host_with_one_bad_address_among_good_ones_is_not_posted_to() {
        Resolver mixed = _ -> addresses("203.0.114.1", "127.0.0.1");

        var failure = refusal(mixed, false, "http://example.org:" + receiver.port());

        assertThat(failure).hasMessageContaining("127.0.0.1");
        assertThat(receiver.posted()).isEmpty();
    }

    @Test
    void a_name_is_looked_up_once_and_the_address_that_was_looked_at_is_connected_to()
            throws CarryException {
        var asked = new ArrayList<String>();
        Resolver changing =
                host -> {
                    asked.add(host);
                    // Who asks a second time is led elsewhere.
                    return addresses(asked.size() == 1 ? "127.0.0.1" : "192.0.2.1");
                };

        post(changing, true, "http://hooks.example.org:" + receiver.port() + "/x");

        assertThat(asked).containsExactly("hooks.example.org");
        assertThat(receiver.posted())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.headers().get("host"))
                                .isEqualTo("hooks.example.org:" + receiver.port()));
    }

    @Test
    void each_message_looks_its_host_up_anew() throws CarryException {
        var asked = new ArrayList<String>();
        Resolver resolver =
                host -> {
                    asked.add(host);
                    return addresses("127.0.0.1");
                };

        try (var poster = new Poster(resolver, true)) {
            var url = URI.create("http://a.example:" + receiver.port());
            poster.post(url, Map.of(), body(), 0);
            poster.post(url, Map.of(), body(), 0);
        }

        assertThat(asked).hasSize(2);
    }

    @Test
    void a_redirect_is_not_followed() {
        receiver.answer(307, "Location", receiver.url() + "/elsewhere");

        var failure = refusal(Resolver.SYSTEM, true, receiver.url());

        assertThat(failure)
                .hasMessage("it answers with status 307, and redirects are not followed");
        assertThat(receiver.posted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 0, false",
        "401, 0, true",
        "403, 0, true",
        "404, 99, true",
        "410, 0, false",
        "413, 0, false",
        "422, 0, false",
        "429, 99, true",
        "500, 0, true",
        "500, 12, false",
        "502, 99, true",
        "503, 99, true",
    })
    void what_an_answer_means(int status, int attempts, boolean passing) {
        receiver.answer(status);

        var failure =
                catchThrowableOfType(
                        CarryException.class,
                        () -> {
                            try (var poster = new Poster(Resolver.SYSTEM, true)) {
                                poster.post(URI.create(receiver.url()), Map.of(), body(), attempts);
                            }
                        });

        assertThat(failure.isPassing()).isEqualTo(passing);
        assertThat(failure).hasMessage("it answers with status " + status);
    }

    @Test
    void who_is_asked_for_too_much_may_say_how_long_to_wait() {
        receiver.answer(429, "Retry-After", "77");

        assertThat(refusal(Resolver.SYSTEM, true, receiver.url()).pause())
                .isEqualTo(Optional.of(Duration.ofSeconds(77)));
    }

    @Test
    void why_it_failed_is_said_without_the_url_and_without_what_was_answered() throws IOException {
        receiver.answer(500);
        assertThat(refusal(Resolver.SYSTEM, true, receiver.url())).hasMessageNotContaining("hush");
        receiver.close();
        assertThat(refusal(Resolver.SYSTEM, true, receiver.url()))
                .hasMessage("nobody answers at its URL");
        assertThat(
                        refusal(
                                _ -> {
                                    throw new UnknownHostException("hush.example");
                                },
                                true,
                                "http://hush.example/"))
                .hasMessage("the host of its URL has no address");
    }

    @Test
    void what_is_no_TLS_is_not_trusted() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var plain =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var connection = server.accept()) {
                                    connection.getOutputStream().write("hush\r\n".getBytes(UTF_8));
                                    connection.getInputStream().readAllBytes();
                                } catch (IOException _) {
                                    // It hangs up, as it should.
                                }
                            });

            var failure =
                    refusal(
                            Resolver.SYSTEM,
                            true,
                            "https://127.0.0.1:%d/hush".formatted(server.getLocalPort()));

            assertThat(failure).hasMessage("no encrypted connection that can be trusted");
            plain.join();
        }
    }

    @Test
    void a_connection_that_breaks_leaves_open_whether_it_arrived() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var breaking =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var connection = server.accept()) {
                                    var read = connection.getInputStream().read(new byte[10]);
                                    assertThat(read).isPositive();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });

            var url = "http://127.0.0.1:" + server.getLocalPort() + "/hush";
            var failure = refusal(Resolver.SYSTEM, true, url);

            assertThat(failure.isUncertain()).isTrue();
            assertThat(failure).hasMessage("the connection broke");
            breaking.join();
        }
    }

    @Test
    void an_answer_without_an_end_is_not_waited_for() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var endless =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var connection = server.accept()) {
                                    var out = connection.getOutputStream();
                                    out.write(
                                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                    .getBytes(UTF_8));
                                    while (true) out.write("1\r\nx\r\n".getBytes(UTF_8));
                                } catch (IOException _) {
                                    // What ends it: nobody reads it.
                                }
                            });

            post(Resolver.SYSTEM, true, "http://127.0.0.1:" + server.getLocalPort());

            assertThat(endless.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    private static CarryException refusal(Resolver resolver, boolean allowPrivate, String url) {
        return catchThrowableOfType(CarryException.class, () -> post(resolver, allowPrivate, url));
    }

    private static void post(Resolver resolver, boolean allowPrivate, String url)
            throws CarryException {
        try (var poster = new Poster(resolver, allowPrivate)) {
            poster.post(URI.create(url), Map.of(), body(), 0);
        }
    }

    private static byte[] body() {
        return "{}".getBytes(UTF_8);
    }

    private static InetAddress[] addresses(String... addresses) {
        return List.of(addresses).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }
}
