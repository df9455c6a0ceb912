package dev.assent.reconcile.notification;

import dev.assent.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages as Standard Webhooks say: HMAC-SHA256 over id, time stamp and body.
final class Signature {

    private static final String ENCODED = "whsec_";

    private Signature() {}

    /// The header `webhook-signature`.
    ///
    /// @param seconds the header `webhook-timestamp`
    static String of(String id, long seconds, String body, Secret secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            var signed = "%s.%d.%s".formatted(id, seconds, body);
            var sum = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static byte[] key(Secret secret) {
        var text = secret.reveal();
        if (text.startsWith(ENCODED)) {
            try {
                return Base64.getDecoder().decode(text.substring(ENCODED.length()));
            } catch (IllegalArgumentException _) {
                // A text like any other, then.
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
