package dev.assent.reconcile.notification;

import dev.assent.state.Outbox.Letter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A message's name, the same however often it is sent: who gets it twice can tell.
final class MessageId {

    private static final int LENGTH = 32;

    private MessageId() {}

    static String of(Letter letter) {
        try {
            var sum = MessageDigest.getInstance("SHA-256");
            var said = String.join("\n", letter.to(), letter.slot(), letter.kind(), letter.body());
            var hex = HexFormat.of().formatHex(sum.digest(said.getBytes(StandardCharsets.UTF_8)));
            return "msg_" + hex.substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
