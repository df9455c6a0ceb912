package dev.assent.source.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.assent.source.signature.Signature.Bad;
import dev.assent.source.signature.Signature.Good;
import dev.assent.source.signature.Signature.Unknown;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.apache.sshd.common.signature.BuiltinSignatures;

/// Verifies SSH signatures as `ssh-keygen -Y verify -n git` does, with the keys of the
/// configuration.
record SshCheck(Signers signers) {

    /// A signature that was made for something else than Git is not one of what is in Git.
    private static final String NAMESPACE = "git";

    private static final Map<String, String> HASHES =
            Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    Signature check(byte[] signed, String armored) {
        var parsed = SshSignature.parse(armored);
        if (parsed.isEmpty()) return new Bad("can't be read");
        var signature = parsed.get();
        var signer = signers.ssh(signature.key());
        if (signer.isEmpty()) return new Unknown(SshKey.fingerprint(signature.key()));
        var key = signer.get().key();
        if (!signature.namespace().equals(NAMESPACE)) {
            return new Bad("was made for another purpose than Git");
        }
        if (!HASHES.containsKey(signature.hash()) || !key.maySignWith(signature.algorithm())) {
            return new Bad("uses an algorithm that is not accepted");
        }
        try {
            return verifies(key, signature, signed)
                    ? new Good(signer.get().person(), key.fingerprint())
                    : new Bad("is not one of these bytes");
        } catch (Exception _) {
            // The library throws what it likes at a signature that is none.
            return new Bad("is not one of these bytes");
        }
    }

    @SuppressWarnings("NullAway") // there is no session, and the library knows it
    private static boolean verifies(SshKey key, SshSignature signature, byte[] signed)
            throws Exception {
        var verifier = BuiltinSignatures.fromFactoryName(signature.algorithm()).create();
        verifier.initVerifier(null, key.key());
        verifier.update(null, toBeSigned(signature, signed));
        return verifier.verify(null, signature.signature());
    }

    private static byte[] toBeSigned(SshSignature signature, byte[] signed)
            throws IOException, NoSuchAlgorithmException {
        var algorithm = HASHES.getOrDefault(signature.hash(), "");
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(SshSignature.MAGIC);
        string(out, signature.namespace().getBytes(US_ASCII));
        string(out, signature.reserved());
        string(out, signature.hash().getBytes(US_ASCII));
        string(out, MessageDigest.getInstance(algorithm).digest(signed));
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
