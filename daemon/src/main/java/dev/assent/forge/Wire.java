package dev.assent.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.manifest.Visible;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Sends a request and waits for the whole of its answer: not longer than our patience lasts, not
/// more than can be kept, and from no other server than the one that was asked.
final class Wire implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST_BODY = 32 << 20;
    private static final int MOST_REDIRECTS = 3;

    private final HttpClient client;
    private final Duration patience;

    Wire(HttpClient.Builder client, Duration patience) {
        this.client =
                client.followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .build();
        this.patience = patience;
    }

    /// The answer to a request, after what redirects there are on the same server: a renamed
    /// project has one. To another server nothing is sent; the redirect itself is the answer.
    Answer exchange(HttpRequest request) throws IOException {
        var next = request;
        var response = once(next);
        for (var i = 0; i < MOST_REDIRECTS; i++) {
            var target = target(response);
            if (target.isEmpty()) break;
            next = HttpRequest.newBuilder(next, (_, _) -> true).uri(target.get()).build();
            response = once(next);
        }
        return new Answer(
                response.statusCode(), response.headers(), new String(response.body(), UTF_8));
    }

    private static Optional<URI> target(HttpResponse<?> response) {
        var repeats =
                switch (response.statusCode()) {
                    case 307, 308 -> true;
                    case 301, 302 -> response.request().method().equals("GET");
                    default -> false;
                };
        if (!repeats) return Optional.empty();
        try {
            var here = response.request().uri();
            return response.headers()
                    .firstValue("Location")
                    .map(here::resolve)
                    .filter(it -> isSameServer(here, it));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isSameServer(URI here, URI there) {
        return here.getScheme().equalsIgnoreCase(there.getScheme())
                && here.getRawAuthority().equalsIgnoreCase(there.getRawAuthority());
    }

    /// The client's own timeout ends with the answer's first line; this one with its last byte.
    private HttpResponse<byte[]> once(HttpRequest request) throws IOException {
        var answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_BODY));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("no answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) throw cause;
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /// Why nothing was heard, for people. It may have been done nevertheless.
    static String why(IOException e) {
        return switch (e) {
            case HttpTimeoutException _, InterruptedIOException _ -> "it did not answer in time";
            case UnknownHostException _ -> "its host is not known";
            case ConnectException c when c.getCause() instanceof UnresolvedAddressException ->
                    "its host is not known";
            case ConnectException c
                    when c.getCause() != null
                            && c.getCause().getCause() instanceof UnresolvedAddressException ->
                    "its host is not known";
            case ConnectException _ -> "no connection";
            case SSLException _ -> "its TLS certificate is not accepted: " + Visible.of(message(e));
            default -> "the connection broke off (" + Visible.of(message(e)) + ")";
        };
    }

    private static String message(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
