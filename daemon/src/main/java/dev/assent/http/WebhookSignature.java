package dev.assent.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a webhook proves where it comes from. Each forge has a way of its own; the first header that
/// is there decides, and what it says is not outvoted by another.
sealed interface WebhookSignature {

    /// The sender's id of this webhook; the same when it is sent again.
    Optional<String> delivery();

    /// Whether it was made with one of the secrets, for this very body.
    boolean isMadeWith(WebhookSecrets secrets, byte[] body, Instant now);

    /// Standard Webhooks, as GitLab signs: base64 of the HMAC over id, time and body.
    record Standard(String id, String timestamp, String signatures) implements WebhookSignature {

        private static final Duration SKEW = Duration.ofMinutes(5);
        private static final String KEY = "whsec_";

        @Override
        public Optional<String> delivery() {
            return Optional.of(id);
        }

        @Override
        public boolean isMadeWith(WebhookSecrets secrets, byte[] body, Instant now) {
            var head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
            var made =
                    secrets.any(secret -> {
                        var mac = hmac(key(secret), head, body);
                        var wanted = bytes("v1," + Base64.getEncoder().encodeToString(mac));
                        var any = false;
                        for (var it : signatures.split(" "))
                            any |= MessageDigest.isEqual(wanted, bytes(it));
                        return any;
                    });
            return made && isOf(now);
        }

        private boolean isOf(Instant now) {
            try {
                var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
                return Duration.between(sent, now).abs().compareTo(SKEW) <= 0;
            } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
                return false;
            }
        }

        private static byte[] key(byte[] secret) {
            var text = new String(secret, StandardCharsets.UTF_8);
            if (!text.startsWith(KEY)) return secret;
            try {
                return Base64.getDecoder().decode(text.substring(KEY.length()));
            } catch (IllegalArgumentException _) {
                return secret;
            }
        }
    }

    /// GitHub's, Gitea's and Forgejo's: the HMAC over the body in hexadecimal.
    ///
    /// @param hex without what stands before it
    record Hexadecimal(String hex, Optional<String> delivery) implements WebhookSignature {

        @Override
        public boolean isMadeWith(WebhookSecrets secrets, byte[] body, Instant now) {
            return secrets.any(secret ->
                    MessageDigest.isEqual(
                            bytes(HexFormat.of().formatHex(hmac(secret, body))), bytes(hex)));
        }
    }

    /// GitLab's older way: the secret itself.
    record Shared(String secret, Optional<String> delivery) implements WebhookSignature {

        @Override
        public boolean isMadeWith(WebhookSecrets secrets, byte[] body, Instant now) {
            return secrets.any(it -> MessageDigest.isEqual(it, bytes(secret)));
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /// Finds the signature among a webhook's headers.
    static Optional<WebhookSignature> of(Function<String, Optional<String>> headers) {
        return Stream.<Optional<? extends WebhookSignature>>of(
                        headers.apply("webhook-signature").map(it -> standard(it, headers)),
                        headers.apply("X-Hub-Signature-256")
                                .map(it ->
                                        new Hexadecimal(
                                                // Without this it is another algorithm's.
                                                it.startsWith("sha256=") ? it.substring(7) : "",
                                                headers.apply("X-GitHub-Delivery"))),
                        headers.apply("X-Forgejo-Signature")
                                .map(it ->
                                        new Hexadecimal(it, headers.apply("X-Forgejo-Delivery"))),
                        headers.apply("X-Gitea-Signature")
                                .map(it -> new Hexadecimal(it, headers.apply("X-Gitea-Delivery"))),
                        headers.apply("X-Gitlab-Token")
                                .map(it ->
                                        new Shared(
                                                it,
                                                headers.apply("Idempotency-Key")
                                                        .or(() ->
                                                                headers.apply(
                                                                        "X-Gitlab-Event-UUID")))))
                .flatMap(Optional::stream)
                .map(WebhookSignature.class::cast)
                .findFirst();
    }

    private static Standard standard(
            String signatures, Function<String, Optional<String>> headers) {
        return new Standard(
                headers.apply("webhook-id").orElse(""),
                headers.apply("webhook-timestamp").orElse(""),
                signatures);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (var part : parts) mac.update(part);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
