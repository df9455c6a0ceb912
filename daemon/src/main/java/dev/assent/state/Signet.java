package dev.assent.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals what must not be made up by somebody who can write the database and has not its key:
/// HMAC-SHA256, with a key of its own for each kind of thing, so that a seal of one kind is none of
/// another. The keys are derived from the secret key by HKDF-SHA256 without salt, with `assent seal
/// KIND 1` as info.
final class Signet {

    /// What is sealed.
    enum Kind {
        /// An entry of the audit trail: its hash.
        ENTRY,
        /// The end of the audit trail.
        HEAD,
        PLAN,
        ASSENT,
        /// The end of the audit trail, as it is published.
        PUBLISHED
    }

    private static final int BYTES = 32;

    private final Map<Kind, SecretKey> keys = new EnumMap<>(Kind.class);

    Signet(SecretKeyFile key) {
        for (var kind : Kind.values()) keys.put(kind, derived(key, kind));
    }

    /// The seal over a text, in hexadecimal.
    String seal(Kind kind, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.get(kind));
            var bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /// Whether a seal is the one over this text.
    boolean fits(Kind kind, String text, Optional<String> seal) {
        return seal.map(it -> it.getBytes(StandardCharsets.UTF_8))
                .filter(it ->
                        MessageDigest.isEqual(
                                it, seal(kind, text).getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private static SecretKey derived(SecretKeyFile key, Kind kind) {
        var info = "assent seal %s 1".formatted(kind.name().toLowerCase(Locale.ROOT));
        try {
            var parameters =
                    HKDFParameterSpec.ofExtract()
                            .addIKM(key.key())
                            .thenExpand(info.getBytes(StandardCharsets.UTF_8), BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HKDF-SHA256", e);
        }
    }
}
