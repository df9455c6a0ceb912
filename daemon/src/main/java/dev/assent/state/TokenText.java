package dev.assent.state;

import dev.assent.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// The text of a token: a mark that those find who look for secrets in the wrong places, and 256
/// random bits. With so many, one round of SHA-256 is hash enough: there is nothing to guess.
public final class TokenText {

    /// How every token begins.
    public static final String MARK = "asn_";

    private TokenText() {}

    static Secret generate(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Secret.of(MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static String hash(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Takes as long for a near miss as for nonsense.
    static boolean isHash(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                other.getBytes(StandardCharsets.US_ASCII));
    }
}
