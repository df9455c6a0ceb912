package dev.assent.source.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.assent.source.signature.Signature.Bad;
import dev.assent.source.signature.Signature.Good;
import dev.assent.source.signature.Signature.Unknown;
import dev.assent.source.signature.Signers.Pgp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPPolicy;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// Verifies OpenPGP signatures with the keys of the configuration.
record PgpCheck(Signers signers) {

    private static final Pattern ARMOR =
            Pattern.compile(
                    "-----BEGIN PGP SIGNATURE-----\\r?\\n[^-]*\\n-----END PGP SIGNATURE-----\\r?\\n?");

    private static final Set<Integer> HASHES =
            Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

    private static final OpenPGPPolicy POLICY = new OpenPGPDefaultPolicy();

    /// Version 3 says less of itself than it should.
    private static final int OLDEST_VERSION = 4;

    Signature check(byte[] signed, String armored) {
        var parsed = parse(armored);
        if (parsed.isEmpty()) return new Bad("can't be read");
        var signature = parsed.get();
        if (signature.getVersion() < OLDEST_VERSION
                || signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
            return new Bad("is of another kind than Git makes");
        }
        for (var signer : signers.pgp()) {
            for (var identifier : signature.getKeyIdentifiers()) {
                var key = signer.key().key(identifier);
                if (key.isPresent()) return check(signed, signature, signer, key.get());
            }
        }
        return new Unknown(name(signature.getKeyIdentifiers()));
    }

    private static Signature check(
            byte[] signed, PGPSignature signature, Pgp signer, OpenPGPComponentKey key) {
        if (!HASHES.contains(signature.getHashAlgorithm())
                || !POLICY.isAcceptableSignature(signature)
                || !POLICY.isAcceptableVerificationKey(key.getPGPPublicKey())) {
            return new Bad("uses an algorithm that is not accepted");
        }
        if (!verifies(signed, signature, key)) return new Bad("is not one of these bytes");
        if (signature.getHashedSubPackets().getSignatureExpirationTime() != 0) {
            return new Bad("is made to expire, which a yes does not");
        }
        return signer.key()
                .unfit(key, signature.getCreationTime())
                .<Signature>map(Bad::new)
                .orElseGet(() -> new Good(signer.person(), PgpKey.fingerprint(key)));
    }

    private static boolean verifies(
            byte[] signed, PGPSignature signature, OpenPGPComponentKey key) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key.getPGPPublicKey());
            signature.update(signed);
            return signature.verify();
        } catch (PGPException | RuntimeException _) {
            return false;
        }
    }

    /// The one signature of an armored text; empty where there is another number of them, or
    /// something else.
    private static Optional<PGPSignature> parse(String armored) {
        if (!ARMOR.matcher(armored).matches()) return Optional.empty();
        try (var in =
                new ArmoredInputStream(new ByteArrayInputStream(armored.getBytes(US_ASCII)))) {
            var objects = new BcPGPObjectFactory(in);
            if (!(objects.nextObject() instanceof PGPSignatureList list) || list.size() != 1) {
                return Optional.empty();
            }
            return objects.nextObject() == null ? Optional.of(list.get(0)) : Optional.empty();
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }

    private static String name(List<KeyIdentifier> identifiers) {
        return identifiers.stream()
                .map(it ->
                        it.getFingerprint() == null
                                ? Long.toHexString(it.getKeyId()).toUpperCase(Locale.ROOT)
                                : HexFormat.of().withUpperCase().formatHex(it.getFingerprint()))
                .reduce((one, other) -> other.length() > one.length() ? other : one)
                .orElse("none is named");
    }
}
