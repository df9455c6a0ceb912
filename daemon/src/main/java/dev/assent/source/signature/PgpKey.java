package dev.assent.source.signature;

import java.io.IOException;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;

/// A person's OpenPGP public key: a primary key with its subkeys, and what binds them together.
record PgpKey(OpenPGPCertificate certificate) {

    /// The keys of an exported file, armored or not.
    ///
    /// @throws IOException if that is none
    static List<PgpKey> parse(byte[] exported) throws IOException {
        return new OpenPGPKeyReader()
                .parseCertificates(exported).stream().map(PgpKey::new).toList();
    }

    List<String> fingerprints() {
        return certificate.getKeys().stream().map(PgpKey::fingerprint).toList();
    }

    Optional<OpenPGPComponentKey> key(KeyIdentifier wanted) {
        return Optional.ofNullable(certificate.getKey(wanted));
    }

    /// Why one of its keys could not sign at a time; empty where it could. A key that was revoked
    /// since has signed nothing: whoever has it can choose the time.
    Optional<String> unfit(OpenPGPComponentKey key, Date at) {
        if (isRevoked(key)) return Optional.of("was made with a key that is revoked");
        if (hasExpired(certificate.getPrimaryKey(), at) || hasExpired(key, at)) {
            return Optional.of("was made with a key that had expired");
        }
        return key.isSigningKey(at)
                ? Optional.empty()
                : Optional.of("was made with a key that is not there to sign");
    }

    /// By what is said of it now: it may have been given more time, or less.
    private static boolean hasExpired(OpenPGPComponentKey key, Date at) {
        var expires = key.getKeyExpirationDate();
        return expires != null && !at.toInstant().isBefore(expires.toInstant());
    }

    private boolean isRevoked(OpenPGPComponentKey key) {
        return certificate.getRevocation() != null || key.getRevocation() != null;
    }

    static String fingerprint(OpenPGPComponentKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getPGPPublicKey().getFingerprint());
    }
}
