package dev.assent.source.signature;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/// A person's SSH public key. Certificates are none: who may sign is said here, not by an
/// authority.
final class SshKey {

    private static final int WEAKEST_RSA = 2048;

    /// The algorithms that a key of each kind may sign with; `ssh-rsa`, which is SHA-1, is none.
    private static final Map<String, List<String>> ALGORITHMS =
            Map.of(
                    "ssh-ed25519", List.of("ssh-ed25519"),
                    "ecdsa-sha2-nistp256", List.of("ecdsa-sha2-nistp256"),
                    "ecdsa-sha2-nistp384", List.of("ecdsa-sha2-nistp384"),
                    "ecdsa-sha2-nistp521", List.of("ecdsa-sha2-nistp521"),
                    "ssh-rsa", List.of("rsa-sha2-512", "rsa-sha2-256"));

    private final String kind;
    private final PublicKey key;
    private final byte[] blob;

    private SshKey(String kind, PublicKey key, byte[] blob) {
        this.kind = kind;
        this.key = key;
        this.blob = blob;
    }

    /// Reads a line as in `authorized_keys`, without options; empty where it is no key that may
    /// sign.
    static Optional<SshKey> parse(String line) {
        try {
            if (line.strip().lines().count() != 1) return Optional.empty();
            var entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line.strip());
            if (entry == null || !entry.getLoginOptions().isEmpty()) return Optional.empty();
            return of(entry);
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("NullAway") // there is no session, and the library knows it
    private static Optional<SshKey> of(AuthorizedKeyEntry entry)
            throws IOException, GeneralSecurityException {
        if (!ALGORITHMS.containsKey(entry.getKeyType())) return Optional.empty();
        var key = entry.resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
        if (key == null) return Optional.empty();
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < WEAKEST_RSA) {
            return Optional.empty();
        }
        return Optional.of(new SshKey(entry.getKeyType(), key, entry.getKeyData()));
    }

    PublicKey key() {
        return key;
    }

    String kind() {
        return kind;
    }

    boolean maySignWith(String algorithm) {
        return ALGORITHMS.getOrDefault(kind, List.of()).contains(algorithm);
    }

    boolean isBlob(byte[] other) {
        return Arrays.equals(blob, other);
    }

    String fingerprint() {
        return fingerprint(blob);
    }

    /// As `ssh-keygen -l` prints it.
    static String fingerprint(byte[] blob) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
