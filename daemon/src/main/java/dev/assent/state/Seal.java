package dev.assent.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Encrypts what must not stand in the database in the clear: AES-256-GCM, a fresh random nonce
/// each time, bound to the place where it is stored, so that a sealed value that was moved to
/// another row or column, or edited, no longer opens.
///
/// A sealed value is one byte for this form (1), the nonce, the cipher text and its tag.
final class Seal {

    private static final byte FORM = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeyFile key;
    private final SecureRandom random;

    Seal(SecretKeyFile key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /// @param place where it will be stored: table, row and column
    byte[] seal(String text, String place) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(FORM)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new StateException("cannot encrypt " + place + " with the key in " + key, e);
        }
    }

    /// @throws StateException if it was sealed with another key, for another place, or was edited
    String open(byte[] sealed, String place) {
        try {
            if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORM) {
                throw new GeneralSecurityException("not a sealed value");
            }
            var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
            var cipher = cipher(Cipher.DECRYPT_MODE, nonce, place);
            var offset = 1 + NONCE_BYTES;
            var text = cipher.doFinal(sealed, offset, sealed.length - offset);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new StateException(
                    "cannot decrypt %s: it was encrypted with another key than the one in %s, or was moved or edited in the database. Bring back the right key file, or a backup of the record"
                            .formatted(place, key),
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce), random);
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
