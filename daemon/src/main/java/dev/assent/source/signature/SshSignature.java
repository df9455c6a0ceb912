package dev.assent.source.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `ssh-keygen -Y sign` writes, taken apart.
///
/// @param key the public key that it claims to be made with
/// @param hash the hash that the signed bytes went through: `sha512`
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
record SshSignature(
        byte[] key,
        String namespace,
        byte[] reserved,
        String hash,
        String algorithm,
        byte[] signature) {

    static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final Pattern ARMOR =
            Pattern.compile(
                    BEGIN + "\\n([A-Za-z0-9+/=\\n]{1,20000})\\n-----END SSH SIGNATURE-----\\n?");
    static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
    private static final int VERSION = 1;

    /// Empty where it is no such signature.
    static Optional<SshSignature> parse(String armored) {
        var armor = ARMOR.matcher(armored.replace("\r\n", "\n"));
        if (!armor.matches()) return Optional.empty();
        try {
            var bytes = Base64.getDecoder().decode(armor.group(1).replace("\n", ""));
            return read(ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    private static Optional<SshSignature> read(ByteBuffer from) {
        var magic = new byte[MAGIC.length];
        from.get(magic);
        if (!Arrays.equals(magic, MAGIC) || from.getInt() != VERSION) return Optional.empty();
        var key = string(from);
        var namespace = text(from);
        var reserved = string(from);
        var hash = text(from);
        var inner = ByteBuffer.wrap(string(from));
        var read = new SshSignature(key, namespace, reserved, hash, text(inner), string(inner));
        return from.hasRemaining() || inner.hasRemaining() ? Optional.empty() : Optional.of(read);
    }

    private static byte[] string(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) throw new BufferUnderflowException();
        var string = new byte[length];
        from.get(string);
        return string;
    }

    private static String text(ByteBuffer from) {
        return new String(string(from), US_ASCII);
    }
}
