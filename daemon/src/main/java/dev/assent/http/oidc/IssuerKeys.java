package dev.assent.http.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.assent.configuration.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Fetches the keys that the issuer signs with: first the document in which it says where they are,
/// then those. Who calls it keeps them, and does not call too often.
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final long PATIENCE_SECONDS = 5;
    private static final long MOST_BYTES = 512 * 1024;

    private final URI issuer;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private volatile Optional<String> failure = Optional.empty();

    IssuerKeys(URI issuer) {
        this.issuer = issuer;
    }

    /// Why the keys could not be fetched when it was tried last.
    Optional<String> failure() {
        return failure;
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
            throws KeySourceException {
        try {
            var keys = fetched();
            failure = Optional.empty();
            return keys;
        } catch (IOException | ParseException | JacksonException e) {
            failure = Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
            throw new JWKSetRetrievalException("the issuer's keys could not be fetched", e);
        }
    }

    /// Why they can't be fetched; empty where they can.
    Optional<String> unreachable() {
        try {
            return fetched().getKeys().isEmpty()
                    ? Optional.of("it publishes no keys")
                    : Optional.empty();
        } catch (IOException | ParseException | JacksonException e) {
            return Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private JWKSet fetched() throws IOException, ParseException {
        return JWKSet.parse(get(keysOf(get(discovery()))));
    }

    private URI discovery() {
        return URI.create(
                issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
    }

    /// Where the issuer keeps its keys, if the document is its own.
    private URI keysOf(String document) throws IOException {
        var json = JsonMapper.shared().readTree(document);
        if (!json.path("issuer").asString("").equals(issuer.toString())) {
            throw new IOException(discovery() + " speaks for another issuer");
        }
        var keys = OidcSettings.address(json.path("jwks_uri").asString(""));
        return keys.orElseThrow(() -> new IOException(discovery() + " names no `jwks_uri`"));
    }

    private String get(URI uri) throws IOException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .header("Accept", "application/json")
                        .build();
        var asked =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            var response = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (response.statusCode() == 200) {
                return new String(response.body(), StandardCharsets.UTF_8);
            }
            throw new IOException(uri + " answers with status " + response.statusCode());
        } catch (ExecutionException e) {
            throw new IOException(uri + " does not answer", e.getCause());
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException(uri + " does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + uri, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
