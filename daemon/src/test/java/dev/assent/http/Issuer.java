package dev.assent.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A real OpenID Connect issuer on this machine: its document, its keys, and tokens that it signs.
public final class Issuer implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    public static final String AUDIENCE = "assent";

    /// A key of the same name as the issuer's that is not the issuer's.
    public static final RSAKey FORGED = newKey("k1");

    // Made once: each takes longer than all else that a test does.
    private static final RSAKey FIRST = newKey("k1");
    private static final RSAKey SECOND = newKey("k2");

    private final HttpServer server;
    public final AtomicInteger fetched = new AtomicInteger();
    public volatile RSAKey key = FIRST;
    public volatile List<RSAKey> published = List.of(key);

    /// What the document says that the issuer is.
    public volatile String called;

    public Issuer() throws IOException {
        this(0);
    }

    public Issuer(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        called = uri().toString();
        server.createContext(
                "/.well-known/openid-configuration",
                it ->
                        answer(
                                it,
                                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}"
                                        .formatted(called, uri())));
        server.createContext(
                "/keys",
                it -> {
                    fetched.incrementAndGet();
                    answer(it, new JWKSet(List.copyOf(published)).toPublicJWKSet().toString());
                });
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Signs with a new key from now on.
    public void rotate() {
        key = SECOND;
        published = List.of(key);
    }

    /// A token of ada's, who is in `dba`, with other claims than usual.
    public String token(UnaryOperator<JWTClaimsSet.Builder> claims) {
        return signed(key, claims);
    }

    public String token() {
        return token(it -> it);
    }

    public String signed(RSAKey with, UnaryOperator<JWTClaimsSet.Builder> claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build();
            var jwt = new SignedJWT(header, claims(claims));
            jwt.sign(new RSASSASigner(with));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> claims) {
        return claims.apply(
                        new JWTClaimsSet.Builder()
                                .issuer(uri().toString())
                                .audience(AUDIENCE)
                                .subject("4711")
                                .issueTime(Date.from(NOW))
                                .expirationTime(Date.from(NOW.plusSeconds(300)))
                                .claim("email", "ada@example.org")
                                .claim("email_verified", true)
                                .claim("groups", List.of("dba", "staff")))
                .build();
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
