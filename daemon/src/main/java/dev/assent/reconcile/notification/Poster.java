package dev.assent.reconcile.notification;

import dev.assent.reconcile.CarryException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/// Posts to URLs that others chose. It connects to the very address that was looked at, follows no
/// redirect, and reads of an answer nothing but its head; that is where what it says ends too: no
/// message holds a URL.
final class Poster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /// Statuses that say that the same message will never be taken.
    private static final List<Integer> REFUSED =
            List.of(400, 405, 406, 410, 411, 413, 414, 415, 422);

    /// What passes; of any other failure of the other side it can be the message that is at fault.
    private static final List<Integer> PASSES = List.of(502, 503, 504);

    /// So many answers that something is wrong at the other side are taken for a passing failure:
    /// two hours. After that the message is given up, so that those behind it come through.
    private static final int OFTEN = 12;

    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("deadlines").daemon().factory());

    /// @param allowPrivate whether the own network and machine may be posted to
    Poster(Resolver resolver, boolean allowPrivate) {
        var timeout = Timeout.of(PATIENCE);
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Looked(resolver, allowPrivate))
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(timeout)
                                        .setSocketTimeout(timeout)
                                        .build())
                        .build();
        this.client =
                HttpClients.custom()
                        .setConnectionManager(connections)
                        .setDefaultRequestConfig(
                                RequestConfig.custom().setResponseTimeout(timeout).build())
                        // Each message looks its host up anew.
                        .setConnectionReuseStrategy((_, _, _) -> false)
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableAuthCaching()
                        .disableCookieManagement()
                        .disableContentCompression()
                        .setUserAgent("assent")
                        .build();
    }

    /// The own network or machine: nothing is sent there unless it is allowed.
    private static final class PrivateException extends UnknownHostException {

        @Serial private static final long serialVersionUID = 1;

        private PrivateException(InetAddress address) {
            super(address.getHostAddress());
        }
    }

    /// The client connects to what this gives, and asks nobody else.
    private record Looked(Resolver resolver, boolean allowPrivate) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var addresses = resolver.addresses(host);
            for (var address : addresses) {
                // One bad address among good ones is an attempt, and no accident.
                if (!allowPrivate && !Addresses.isPublic(address)) {
                    throw new PrivateException(address);
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /// Posts JSON; returns when it was taken.
    ///
    /// @param attempts how often it was tried before
    void post(URI url, Map<String, String> headers, byte[] json, int attempts)
            throws CarryException {
        var request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        // A head that comes letter by letter outlasts every time limit between two letters.
        var deadline = deadlines.schedule(request::cancel, DEADLINE.toSeconds(), TimeUnit.SECONDS);
        try {
            var response = client.executeOpen(null, request, null);
            // Ends the connection first: closing would read what is left, or fail over it.
            request.cancel();
            Closer.closeQuietly(response);
            var refusal = refusal(response, attempts);
            if (refusal.isPresent()) throw refusal.get();
        } catch (IOException e) {
            throw failure(e);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Optional<CarryException> refusal(HttpResponse response, int attempts) {
        var status = response.getCode();
        if (status / 100 == 2) return Optional.empty();
        var passing =
                !REFUSED.contains(status)
                        && (status < 500 || PASSES.contains(status) || attempts < OFTEN);
        var what =
                status / 100 == 3
                        ? "it answers with status %d, and redirects are not followed"
                                .formatted(status)
                        : "it answers with status %d".formatted(status);
        return Optional.of(new CarryException(what, passing, retryAfter(response), false));
    }

    private static Optional<Duration> retryAfter(HttpResponse response) {
        var header = response.getFirstHeader("Retry-After");
        if (header == null || !header.getValue().matches("[0-9]{1,6}")) return Optional.empty();
        return Optional.of(Duration.ofSeconds(Long.parseLong(header.getValue())));
    }

    private static CarryException failure(IOException e) {
        return switch (e) {
            case PrivateException it ->
                    CarryException.passing(
                            "its URL leads to %s, which is not on the Internet; if that is meant: `allow_private: true`"
                                    .formatted(it.getMessage()));
            case UnknownHostException _ ->
                    CarryException.passing("the host of its URL has no address");
            case ConnectTimeoutException _, ConnectException _, NoRouteToHostException _ ->
                    CarryException.passing("nobody answers at its URL");
            case SSLException _ ->
                    CarryException.passing("no encrypted connection that can be trusted");
            case SocketTimeoutException _ -> CarryException.uncertain("it does not answer in time");
            default -> CarryException.uncertain("the connection broke");
        };
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
