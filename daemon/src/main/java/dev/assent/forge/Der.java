package dev.assent.forge;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// The little of DER that it takes to read a key in its older form.
final class Der {

    /// Version 0, and that it is an RSA key.
    private static final byte[] RSA =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private Der() {}

    /// GitHub gives keys as PKCS#1, Java reads PKCS#8: the same key in an envelope.
    static byte[] pkcs8OfPkcs1(byte[] key) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(RSA);
        content.writeBytes(element(0x04, key));
        return element(0x30, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            element.write(0x82);
            element.write(content.length >> 8);
            element.write(content.length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
